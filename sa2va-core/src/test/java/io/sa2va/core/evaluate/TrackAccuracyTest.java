package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Mask;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers are those of the DAVIS evaluation. */
class TrackAccuracyTest {
  private static final Mask EMPTY = Mask.empty(80, 60);
  private static final Mask TRUTH = Rectangles.of(60, 80, 10, 39, 20, 59);
  private static final Mask SHIFTED = Rectangles.of(60, 80, 13, 42, 22, 61);

  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of(SHIFTED, TRUTH, 0.74672489, 0.04285714),
        Arguments.of(Rectangles.of(60, 80, 11, 39, 20, 59), TRUTH, 0.96666667, 1.0),
        Arguments.of(
            Rectangles.of(480, 854, 110, 314, 195, 519),
            Rectangles.of(480, 854, 100, 299, 200, 499),
            0.81867145,
            0.21654833),
        Arguments.of(
            Rectangles.of(480, 854, 0, 209, 0, 309).minus(Rectangles.of(480, 854, 0, 49, 250, 309)),
            Rectangles.of(480, 854, 0, 199, 0, 299),
            0.89009288,
            0.03153989),
        Arguments.of(EMPTY, EMPTY, 1.0, 1.0),
        Arguments.of(EMPTY, TRUTH, 0.0, 0.0),
        Arguments.of(TRUTH, EMPTY, 0.0, 0.0));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void value_oneFrame_isThatOfDavis(Mask predicted, Mask target, double j, double f) {
    TrackAccuracy accuracy = new TrackAccuracy();

    double score = accuracy.add(List.of(predicted), List.of(target));

    assertThat(accuracy.region()).isCloseTo(j, within(1e-7));
    assertThat(accuracy.boundary()).isCloseTo(f, within(1e-7));
    assertThat(accuracy.value()).isCloseTo((j + f) / 2, within(1e-7));
    assertThat(score).isEqualTo(accuracy.value());
  }

  @Test
  void value_severalObjects_countTheSameHoweverLong() {
    TrackAccuracy accuracy = new TrackAccuracy();
    accuracy.add(List.of(TRUTH, EMPTY, TRUTH, TRUTH), List.of(TRUTH, TRUTH, TRUTH, TRUTH));
    accuracy.add(List.of(EMPTY), List.of(TRUTH));

    assertThat(accuracy.region()).isCloseTo(0.375, within(1e-12));
    assertThat(accuracy.boundary()).isCloseTo(0.375, within(1e-12));
    assertThat(accuracy.count()).isEqualTo(2);
  }

  @Test
  void value_nothingAdded_isZero() {
    assertThat(new TrackAccuracy().value()).isZero();
  }

  @Test
  void add_otherCountOrSize_isRefused() {
    TrackAccuracy accuracy = new TrackAccuracy();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accuracy.add(List.of(TRUTH), List.of(TRUTH, TRUTH)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> accuracy.add(List.of(TRUTH), List.of(Mask.empty(60, 80))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BoundaryAccuracy.of(TRUTH, Mask.empty(60, 80)));
  }
}
