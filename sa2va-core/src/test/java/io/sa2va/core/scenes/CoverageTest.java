package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageTest {
  private static final int SIDE = 100;

  @ParameterizedTest
  @EnumSource(ShapeKind.class)
  void of_anyKind_coversItsArea(ShapeKind kind) {
    Pose pose = new Pose(50.3, 49.1, 33.3, 0.2);

    double covered = samples(Coverage.of(kind.outline(), pose, SIDE, SIDE)) / 64.0;

    assertThat(covered).isCloseTo(kind.outline().area() * 33.3 * 33.3, within(3.0));
  }

  @Test
  void of_halfAPixel_coversHalfItsSamples() {
    Outline unit = Outline.polygon(0, 0, 1, 0, 1, 1, 0, 1);

    Coverage coverage = Coverage.of(unit, new Pose(10.5, 20, 2, 0), SIDE, SIDE);

    assertThat(Long.bitCount(coverage.at(10, 20))).isEqualTo(32);
    assertThat(Long.bitCount(coverage.at(11, 21))).isEqualTo(64);
    assertThat(Long.bitCount(coverage.at(12, 20))).isEqualTo(32);
    assertThat(coverage.orNone(13, 20)).isZero();
    assertThat(coverage.orNone(10, 22)).isZero();
  }

  @Test
  void of_partlyOutside_isCutAtTheEdge() {
    Coverage coverage = Coverage.of(Outline.circle(), new Pose(0, 50, 20, 0), SIDE, SIDE);

    assertThat(samples(coverage) / 64.0).isCloseTo(Math.PI * 200, within(3.0));
    assertThat(coverage.left()).isZero();
  }

  @Test
  void of_whollyOutside_isEmpty() {
    Coverage coverage = Coverage.of(Outline.circle(), new Pose(-50, 500, 20, 0), SIDE, SIDE);

    assertThat(samples(coverage)).isZero();
  }

  private static long samples(Coverage coverage) {
    long count = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        count += Long.bitCount(coverage.orNone(x, y));
      }
    }
    return count;
  }
}
