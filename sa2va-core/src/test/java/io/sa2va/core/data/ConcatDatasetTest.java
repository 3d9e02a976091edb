package io.sa2va.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sa2va.core.data.ConcatDataset.Part;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcatDatasetTest {
  /** Samples that say their number. */
  private record Numbered(String name, long size) implements Dataset {
    @Override
    public Sample get(long index, RandomGenerator random) {
      if (index < 0 || index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      return new Sample(List.of(), List.of(), List.of(new Turn(name + index, "")), List.of());
    }
  }

  private static List<String> all(Dataset dataset, long seed) {
    List<String> names = new ArrayList<>();
    for (long i = 0; i < dataset.size(); i++) {
      names.add(dataset.get(i, new Random(seed + i)).turns().get(0).question());
    }
    return names;
  }

  @Test
  void get_wholeRepeats_givesEachSoOften() {
    ConcatDataset dataset =
        new ConcatDataset(
            List.of(new Part(new Numbered("a", 2), 3), new Part(new Numbered("b", 3), 1)));

    assertThat(all(dataset, 0))
        .containsExactly("a0", "a1", "a0", "a1", "a0", "a1", "b0", "b1", "b2");
  }

  @Test
  void get_fractionOfARepeat_givesDifferentOnesUntilAllWereReached() {
    ConcatDataset dataset = new ConcatDataset(List.of(new Part(new Numbered("a", 7), 1.6)));
    Set<String> drawn = new HashSet<>();
    for (int seed = 0; seed < 60; seed++) {
      List<String> names = all(dataset, 1000L * seed);

      assertThat(names).hasSize(11);
      assertThat(names.subList(0, 7)).containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6");
      assertThat(names.subList(7, 11)).doesNotHaveDuplicates();
      drawn.addAll(names.subList(7, 11));
    }
    assertThat(drawn).hasSize(7);
  }

  @Test
  void get_lessThanOnce_givesAShare() {
    ConcatDataset dataset = new ConcatDataset(List.of(new Part(new Numbered("a", 10), 0.3)));
    Set<String> drawn = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      drawn.addAll(all(dataset, 1000L * seed));
    }

    assertThat(dataset.size()).isEqualTo(3);
    assertThat(drawn).hasSize(10);
  }

  @Test
  void get_outside_isRefused() {
    ConcatDataset dataset = new ConcatDataset(List.of(new Part(new Numbered("a", 2), 1)));

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> dataset.get(2, new Random()));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> dataset.get(-1, new Random()));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 0.1, Double.NaN, Double.POSITIVE_INFINITY})
  void part_withoutSamples_isRefused(double repeats) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Part(new Numbered("a", 2), repeats))
        .withMessageContaining("repeats");
  }

  @Test
  void concat_ofNothing_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ConcatDataset(List.of()));
  }
}
