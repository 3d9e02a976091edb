package io.sa2va.core.data;

import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Descriptions of regions as Osprey-724K has them ({@code osprey_detail_description.json}): a list
 * of {@code {"file_name", "annotation": [{"segmentation": polygons or code}], "description":
 * ["<region1>: …", …]}}, the n-th description of the n-th region; {@code descriptions} is read too.
 * The pictures are COCO's, in one of several folders. Questions are drawn.
 */
public final class RegionDescriptionDataset implements Dataset {
  private final RecordFile records;
  private final List<Path> images;

  /**
   * Opens a data set.
   *
   * @param file the descriptions
   * @param images folders of pictures, looked into in this order
   * @throws io.sa2va.error.InvalidRequestException if the file is not there, or no list or an empty
   *     one
   */
  public RegionDescriptionDataset(Path file, List<Path> images) {
    this.records = RecordFile.ofList(file).requireSome();
    this.images = List.copyOf(images);
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord record = records.get(Math.toIntExact(index));
    RegionRecord regions = new RegionRecord(record, images);
    List<DataRecord> descriptions =
        record.list(record.has("description") ? "description" : "descriptions");
    if (descriptions.isEmpty() || descriptions.size() > regions.regionCount()) {
      throw record.broken(
          "has %d descriptions of %d regions"
              .formatted(descriptions.size(), regions.regionCount()));
    }
    List<Turn> turns = new ArrayList<>();
    for (DataRecord description : descriptions) {
      turns.add(
          new Turn(
              RegionWording.question(turns.size() + 1, random),
              RegionRecord.withoutBrackets(description.text())));
    }
    return regions.sample(turns);
  }
}
