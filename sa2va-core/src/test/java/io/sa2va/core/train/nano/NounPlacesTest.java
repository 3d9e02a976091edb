package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.core.train.TrainingText;
import io.sa2va.core.train.Turn;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NounPlacesTest {
  private final Tokenizer tokenizer = TokenizerReader.read(BundledModel.folder());

  @Test
  void answered_phrasesWithMasks_knowTheirSegments() {
    NounPlaces places =
        places(
            new Turn("Is there a star?", "Yes, a star. [SEG]"),
            new Turn(
                "Describe it.", "There is <p> a red ring </p> [SEG] and <p> a star </p> [SEG] ."));
    assertThat(places.answered())
        .extracting(NounPlaces.Answered::segment)
        .containsExactly(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(2));
  }

  @Test
  void beforeAnswered_count_isTheTokenBeforeTheNumber() {
    Turn turn = new Turn("How many stars are there?", "There are 3 stars.");
    NounPlaces places = places(turn);
    int[] ids = text(turn).ids();
    assertThat(places.beforeAnswered()).hasSize(1);
    int next = (int) places.beforeAnswered()[0] + 1;
    assertThat(tokenizer.decode(Arrays.copyOfRange(ids, next, next + 2)).strip())
        .isEqualTo("3 stars");
  }

  @Test
  void second_nounsOfOneComparison_areNear() {
    assertThat(places(new Turn("Is the star left of the ring?", "No.")).second())
        .containsExactly(1);
  }

  private NounPlaces places(Turn... turns) {
    return NounPlaces.of(
        new NounReader(tokenizer),
        text(turns),
        SpecialTexts.requiredId(tokenizer, "</p>"),
        SpecialTexts.requiredId(tokenizer, "[SEG]"));
  }

  private TrainingText text(Turn... turns) {
    return TrainingText.of(ChatTemplate.named("qwen_chat"), tokenizer, List.of(turns));
  }
}
