package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LrScheduleTest {
  /** Numbers of the reference's schedulers. */
  @ParameterizedTest
  @CsvSource({
    "0, 4.0e-10",
    "1, 8.167e-7",
    "49, 4.0e-5",
    "50, 4.0e-5",
    "51, 3.999989e-5",
    "999, 1.09e-10"
  })
  void at_runOfThousand_isTheReferences(long microBatch, double rate) {
    assertThat(LrSchedule.reference(1000).at(microBatch)).isCloseTo(rate, withinPercentage(0.5));
  }

  @Test
  void at_shortRunWithoutWarmUp_beginsAtThePeak() {
    assertThat(LrSchedule.reference(4).at(0)).isEqualTo(4e-5);
  }

  @Test
  void at_afterTheRun_isZero() {
    assertThat(LrSchedule.reference(10).at(10)).isZero();
    assertThat(LrSchedule.reference(10).at(1000)).isZero();
  }

  @Test
  void new_warmUpAsLongAsTheRun_isRefused() {
    assertThatThrownBy(() -> new LrSchedule(1e-4, 10, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("warm-up");
  }
}
