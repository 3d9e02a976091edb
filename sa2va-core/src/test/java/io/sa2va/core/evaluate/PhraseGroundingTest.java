package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Mask;
import io.sa2va.core.evaluate.PhraseGrounding.Phrase;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhraseGroundingTest {
  private static final Mask LEFT = Rectangles.row(20, 0, 8);
  private static final Mask HALF_OF_LEFT = Rectangles.row(20, 0, 4);
  private static final Mask RIGHT = Rectangles.row(20, 10, 10);

  private final PhraseGrounding grounding = new PhraseGrounding();

  private static Phrase phrase(String text, Mask... masks) {
    return new Phrase(text, List.of(masks));
  }

  @Test
  void add_sameWordsInAnyOrder_comparesTheirMasks() {
    double score =
        grounding.add(
            List.of(phrase("a star", RIGHT), phrase("A red circle", HALF_OF_LEFT)),
            List.of(phrase("a red circle", LEFT), phrase("a star", RIGHT)));

    assertThat(score).isCloseTo((0.5 + 1) / 2, within(1e-12));
  }

  @Test
  void add_masksSwapped_isZero() {
    assertThat(
            grounding.add(
                List.of(phrase("a circle", RIGHT), phrase("a star", LEFT)),
                List.of(phrase("a circle", LEFT), phrase("a star", RIGHT))))
        .isZero();
  }

  @Test
  void add_missingOrAdditionalPhrase_countsAsZero() {
    List<Phrase> one = List.of(phrase("a circle", LEFT));
    List<Phrase> two = List.of(phrase("a circle", LEFT), phrase("a star", RIGHT));

    assertThat(grounding.add(one, two)).isEqualTo(0.5);
    assertThat(grounding.add(two, one)).isEqualTo(0.5);
    assertThat(grounding.add(List.of(), two)).isZero();
    assertThat(grounding.value()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(grounding.count()).isEqualTo(3);
  }

  @Test
  void add_sameWordsTwice_eachCountsOnce() {
    List<Phrase> twice = List.of(phrase("a ring", LEFT), phrase("a ring", RIGHT));

    assertThat(grounding.add(twice, twice)).isEqualTo(1);
    assertThat(grounding.add(List.of(phrase("a ring", LEFT)), twice)).isEqualTo(0.5);
  }

  @Test
  void add_sameWordsInAnotherOrder_pairsThoseThatAgree() {
    assertThat(
            grounding.add(
                List.of(phrase("a ring", RIGHT), phrase("a ring", LEFT)),
                List.of(phrase("a ring", LEFT), phrase("a ring", RIGHT))))
        .isEqualTo(1);
  }

  @Test
  void add_clip_averagesFrames() {
    assertThat(
            grounding.add(
                List.of(phrase("a ring", LEFT, RIGHT)), List.of(phrase("a ring", LEFT, LEFT))))
        .isEqualTo(0.5);
  }
}
