package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.SceneTexts;
import io.sa2va.core.scenes.ShapeFacts;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NounPhraseTest {
  private static final int MANY = 400;

  private final List<ShapeFacts> shapes =
      new SceneGenerator(1, SceneOptions.ofSize(96, 64)).picture(3).shapes();
  private final List<NounPhrase> phrases = NounPhrase.draw(shapes, MANY, new SplittableRandom(1));

  @Test
  void draw_manyPhrases_speakOfShapesThatAreThereAndOfOthers() {
    long present = phrases.stream().filter(p -> shapes.stream().anyMatch(p::fits)).count();
    assertThat(present).isBetween(MANY / 2L, MANY * 9L / 10);
  }

  @Test
  void draw_manyPhrases_useWordsOfConversationsOnly() {
    assertThat(phrases)
        .allSatisfy(
            phrase ->
                assertThat(SceneTexts.vocabulary()).contains(phrase.text().trim().split(" ")));
  }

  @Test
  void fits_shapeOfAnotherColor_isFalse() {
    ShapeFacts shape = shapes.get(0);
    assertThat(phrases)
        .filteredOn(phrase -> phrase.color().filter(shape.color()::equals).isEmpty())
        .filteredOn(phrase -> phrase.color().isPresent())
        .isNotEmpty()
        .noneMatch(phrase -> phrase.fits(shape));
  }
}
