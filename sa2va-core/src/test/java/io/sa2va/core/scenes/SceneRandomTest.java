package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneRandomTest {
  @Test
  void nextLong_knownSeed_givesPublishedSplitMix64Values() {
    SceneRandom random = new SceneRandom(1234567);

    assertThat(List.of(random.nextLong(), random.nextLong(), random.nextLong()))
        .containsExactly(6457827717110365317L, 3203168211198807973L, -8629252141511181193L);
  }

  @Test
  void between_manyDraws_givesEveryValueOfTheRangeAndNoOther() {
    SceneRandom random = new SceneRandom(5);

    assertThat(IntStream.range(0, 200).map(i -> random.between(3, 7)).distinct().sorted())
        .containsExactly(3, 4, 5, 6, 7);
  }

  @Test
  void shuffled_values_keepsThemAll() {
    List<Integer> values = IntStream.range(0, 20).boxed().toList();

    List<Integer> shuffled = new SceneRandom(5).shuffled(values);

    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(values).isNotEqualTo(values);
  }
}
