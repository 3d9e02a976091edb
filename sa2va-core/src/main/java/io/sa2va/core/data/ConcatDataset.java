package io.sa2va.core.data;

import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Several data sets one after the other, each as often as it is wanted. A data set that is repeated
 * 2.5 times gives every sample twice and then half of them: of each two neighbours one, drawn anew
 * each time, so that in the long run all are reached alike.
 */
public final class ConcatDataset implements Dataset {
  private final List<Part> parts;
  private final long[] ends;

  /**
   * A data set and how often it is wanted.
   *
   * @param dataset the data set
   * @param repeats above 0; below 1 for a share of its samples
   */
  public record Part(Dataset dataset, double repeats) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are no repeats, or not one sample is left
     */
    public Part {
      Objects.requireNonNull(dataset, "dataset");
      double size = dataset.size() * repeats;
      if (!(size >= 1 && size < 1L << 53)) {
        throw new IllegalArgumentException(
            "repeats must leave at least one of %d samples, but was %s"
                .formatted(dataset.size(), repeats));
      }
    }

    long size() {
      return (long) (dataset.size() * repeats);
    }

    private Sample get(long place, RandomGenerator random) {
      long records = dataset.size();
      long whole = size() / records * records;
      return dataset.get(
          place < whole ? place % records : drawn(place - whole, size() - whole, random), random);
    }

    /** One of those records that are this place's when they are shared out among all places. */
    private long drawn(long place, long places, RandomGenerator random) {
      long from = share(place, places);
      return random.nextLong(from, share(place + 1, places));
    }

    private long share(long place, long places) {
      return (long) ((double) place * dataset.size() / places);
    }
  }

  /**
   * Joins data sets.
   *
   * @param parts at least one
   * @throws IllegalArgumentException if there is none
   */
  public ConcatDataset(List<Part> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("at least one data set is needed");
    }
    this.parts = List.copyOf(parts);
    this.ends = new long[parts.size()];
    long end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += parts.get(i).size();
      ends[i] = end;
    }
  }

  @Override
  public long size() {
    return ends[ends.length - 1];
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    Objects.checkIndex(index, size());
    int part = 0;
    while (index >= ends[part]) {
      part++;
    }
    return parts.get(part).get(part == 0 ? index : index - ends[part - 1], random);
  }
}
