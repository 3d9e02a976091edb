package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.scenes.Action;
import io.sa2va.core.scenes.ShapeColor;
import io.sa2va.core.scenes.ShapeKind;
import io.sa2va.core.scenes.SizeClass;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NounReaderTest {
  private final Tokenizer tokenizer = TokenizerReader.read(BundledModel.folder());
  private final NounReader reader = new NounReader(tokenizer);

  @Test
  void find_question_givesEachPhraseWithItsArticle() {
    assertThat(phrases("Which is larger, the red circle or the star?"))
        .containsExactly(" the red circle", " the star");
  }

  @Test
  void find_groundedAnswer_givesPhrasesBetweenTheirMarks() {
    assertThat(phrases("The picture shows <p> two small blue rings </p> [SEG] ."))
        .containsExactly(" two small blue rings");
  }

  @Test
  void find_answerThatBeginsWithAPhrase_beginsWithItsArticle() {
    assertThat(phrases("user\nThe orange triangle.")).containsExactly("The orange triangle");
  }

  @Test
  void find_adjectives_areThoseOfThePhrase() {
    NounReader.Found found = find("region1 is a small red circle.").get(0);
    assertThat(found.size()).contains(SizeClass.SMALL);
    assertThat(found.color()).contains(ShapeColor.RED);
    assertThat(found.kind()).contains(ShapeKind.CIRCLE);
  }

  @Test
  void find_nounOfAnyForm_hasNoKind() {
    assertThat(find("Please segment all white shapes."))
        .singleElement()
        .extracting(NounReader.Found::kind)
        .isEqualTo(Optional.empty());
  }

  @Test
  void find_noNoun_isEmpty() {
    assertThat(find("It moves left.")).isEmpty();
  }

  @Test
  void find_nounThatDoesSomething_givesTheClauseToo() {
    assertThat(phrases("Please segment the red circle that moves left."))
        .containsExactly(" the red circle", " that moves left");
    NounReader.Found clause = find("Where is the star that grows?").get(1);
    assertThat(clause.action()).contains(Action.GROWS);
    assertThat(clause.kind()).contains(ShapeKind.STAR);
  }

  @Test
  void find_oneThatDoesSomething_isAnyShape() {
    assertThat(find("Please segment the one that turns."))
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.action()).contains(Action.TURNS);
              assertThat(found.kind()).isEmpty();
            });
  }

  private List<NounReader.Found> find(String text) {
    return reader.find(tokenizer.encodeContinuation(text));
  }

  private List<String> phrases(String text) {
    int[] ids = tokenizer.encodeContinuation(text);
    return reader.find(ids).stream()
        .map(found -> Arrays.copyOfRange(ids, found.first(), found.last() + 1))
        .map(tokenizer::decode)
        .toList();
  }
}
