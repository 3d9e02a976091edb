package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Mask;
import io.sa2va.core.evaluate.GroundedRecall.Phrase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroundedConversationTest {
  private static Mask row(int left, int count) {
    return Rectangles.row(40, left, count);
  }

  @Test
  void meanOfPairs_oneTargetWithoutPair_isNotPunished() {
    double[][] iou = {{0.8, 0.1176}, {0.0909, 0.9}, {0, 0}};

    assertThat(GroundedMeanIou.meanOfPairs(new IouMatrix(iou))).isCloseTo(0.85, within(1e-12));
  }

  @Test
  void meanIou_severalPictures_averages() {
    GroundedMeanIou mean = new GroundedMeanIou();

    assertThat(mean.add(List.of(row(0, 5), row(0, 10)), List.of(row(0, 10), row(20, 5))))
        .isEqualTo(1);
    assertThat(mean.add(List.of(row(0, 5)), List.of(row(0, 10)))).isEqualTo(0.5);
    assertThat(mean.add(List.of(row(0, 5)), List.of(row(9, 2)))).isZero();
    assertThat(mean.add(List.of(row(0, 0)), List.of(row(0, 0)))).isZero();
    assertThat(mean.value()).isEqualTo(0.375);
    assertThat(mean.count()).isEqualTo(4);
  }

  @Test
  void recall_badPair_endsItsPicture() {
    GroundedRecall recall = new GroundedRecall((a, b) -> a.equals(b) ? 1 : 0);
    Phrase circle = new Phrase("a circle", row(0, 10));
    Phrase star = new Phrase("a star", row(20, 10));
    Phrase ring = new Phrase("a ring", row(32, 8));

    assertThat(recall.add(List.of(star, circle), List.of(circle, star, ring))).isEqualTo(2);
    // the best pair has the wrong words, so the others are not looked at
    Phrase wrong = new Phrase("a cat", row(0, 10));
    Phrase near = new Phrase("a star", row(20, 9));
    assertThat(recall.add(List.of(wrong, near), List.of(circle, star))).isZero();
    // the second pair overlaps too little
    Phrase far = new Phrase("a star", row(25, 10));
    assertThat(recall.add(List.of(circle, far), List.of(circle, star))).isOne();
    assertThat(recall.value()).isEqualTo(3.0 / 7);
    assertThat(recall.count()).isEqualTo(7);
  }

  /** The numbers are those of pycocotools 2.0 for the same masks with scores of 1. */
  @ParameterizedTest
  @CsvSource({"0.5, 0.3917963225", "0.75, 0.2871287129", "0.85, 0.2039603960", "0.95, 0"})
  void averagePrecision_fourPictures_isThatOfCoco(double threshold, double expected) {
    AveragePrecision precision = new AveragePrecision(threshold);
    precision.add(List.of(row(0, 9), row(2, 10), row(30, 5)), List.of(row(0, 10), row(20, 10)));
    precision.add(List.of(row(30, 8), row(6, 18)), List.of(row(5, 20)));
    precision.add(List.of(row(11, 8), row(0, 4)), List.of(row(0, 8), row(10, 8), row(20, 8)));
    precision.add(List.of(), List.of(row(3, 3)));

    assertThat(precision.value()).isCloseTo(expected, within(1e-9));
    assertThat(precision.count()).isEqualTo(7);
  }

  @Test
  void value_nothingAdded_isZero() {
    assertThat(new AveragePrecision(0.5).value()).isZero();
    assertThat(new GroundedMeanIou().value()).isZero();
    assertThat(new GroundedRecall((a, b) -> 1).value()).isZero();
  }
}
