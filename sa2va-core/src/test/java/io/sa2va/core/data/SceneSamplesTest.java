package io.sa2va.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneSamplesTest {
  private static final Dataset SCENES = Datasets.open("scenes", 5);

  private static List<Sample> samples(int count) {
    return IntStream.range(0, count).mapToObj(i -> SCENES.get(i, new SplittableRandom(i))).toList();
  }

  @Test
  void get_some_arePicturesClipsRegionsAndPlainQuestions() {
    List<Sample> samples = samples(60);
    assertThat(samples).anyMatch(sample -> sample.frames().size() == 1);
    assertThat(samples).anyMatch(sample -> sample.frames().size() == 5);
    assertThat(samples).anyMatch(sample -> !sample.regions().isEmpty());
    assertThat(samples).anyMatch(sample -> sample.objects().isEmpty());
    assertThat(samples).anyMatch(sample -> sample.objects().size() > 1);
  }

  @Test
  void get_any_hasAMarkForEachObject() {
    for (Sample sample : samples(60)) {
      String answer = sample.turns().get(0).answer();
      assertThat(answer.split("\\[SEG]", -1)).hasSize(sample.objects().size() + 1);
    }
  }

  @Test
  void get_sameNumberAndState_isTheSame() {
    for (int i = 0; i < 8; i++) {
      Sample first = SCENES.get(i, new SplittableRandom(i));
      Sample again = SCENES.get(i, new SplittableRandom(i));
      assertThat(again.turns()).isEqualTo(first.turns());
      assertThat(again.objects()).isEqualTo(first.objects());
    }
  }
}
