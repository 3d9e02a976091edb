package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Mask;
import org.junit.jupiter.api.Test;

class IouTest {
  private final CumulativeIou cumulative = new CumulativeIou();
  private final MeanIou mean = new MeanIou();

  private void add(Mask predicted, Mask target) {
    cumulative.add(predicted, target);
    mean.add(predicted, target);
  }

  /** Intersections 30, 0 and 50 over unions 60, 20 and 100. */
  @Test
  void value_threeObjects_sumsForCumulativeAndAveragesForMean() {
    add(Rectangles.row(200, 0, 45), Rectangles.row(200, 15, 45));
    add(Rectangles.row(200, 0, 10), Rectangles.row(200, 50, 10));
    add(Rectangles.row(200, 0, 50), Rectangles.row(200, 0, 100));

    assertThat(cumulative.value()).isCloseTo(80.0 / 180, within(1e-9));
    assertThat(mean.value()).isCloseTo(1.0 / 3, within(1e-6));
    assertThat(cumulative.count()).isEqualTo(3);
    assertThat(mean.count()).isEqualTo(3);
  }

  @Test
  void value_rightlyEmpty_countsForMeanAlone() {
    add(Rectangles.row(9, 0, 0), Rectangles.row(9, 0, 0));
    add(Rectangles.row(9, 0, 4), Rectangles.row(9, 0, 8));

    assertThat(cumulative.value()).isCloseTo(0.5, within(1e-9));
    assertThat(mean.value()).isCloseTo(0.75, within(1e-6));
  }

  @Test
  void value_nothingAdded_isZero() {
    assertThat(cumulative.value()).isZero();
    assertThat(mean.value()).isZero();
  }

  @Test
  void add_otherSize_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cumulative.add(Mask.empty(2, 2), Mask.empty(2, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mean.add(Mask.empty(2, 2), Mask.empty(2, 3)));
  }
}
