package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.TrainingLoss;
import io.sa2va.TrainingValidation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EarlyStopTest {
  private static List<TrainingValidation> losses(double... totals) {
    return Arrays.stream(totals)
        .mapToObj(total -> new TrainingValidation(1, new TrainingLoss(total, 0, 0)))
        .toList();
  }

  @Test
  void isDue_asManyWithoutABetterOneAsPatience_isTrue() {
    assertThat(new EarlyStop(2).isDue(losses(3, 2, 2.5, 2))).isTrue();
  }

  @Test
  void isDue_betterAgain_isFalse() {
    assertThat(new EarlyStop(2).isDue(losses(3, 3.5, 2, 2.5))).isFalse();
  }

  @Test
  void isDue_noNumber_isNoBetter() {
    assertThat(new EarlyStop(1).isDue(losses(3, Double.NaN))).isTrue();
  }

  @Test
  void isDue_noPatienceSet_isFalse() {
    assertThat(new EarlyStop(0).isDue(losses(1, 2, 3, 4))).isFalse();
  }
}
