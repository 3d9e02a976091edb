package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import io.sa2va.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerAccuracyTest {
  @ParameterizedTest
  @CsvSource({
    "Yes., yes",
    "' There are 3  triangles. ', There are 3 triangles.",
    "the star, The star.",
    "It is red circle!, It is a red circle.",
    "Region1 is a star, region1 is a star.",
  })
  void add_sameWords_isRight(String answer, String expected) {
    assertThat(new AnswerAccuracy().add(answer, expected)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "No., Yes.",
    "There are 3 triangles., There are 2 triangles.",
    "'Yes, it is.', Yes.",
    "'', Yes.",
    "It is [1]., It is red.",
    "theatre, Theatre a b.",
  })
  void add_otherWords_isWrong(String answer, String expected) {
    assertThat(new AnswerAccuracy().add(answer, expected)).isFalse();
  }

  @Test
  void value_twoOfThree_isTheirShare() {
    AnswerAccuracy accuracy = new AnswerAccuracy();
    assertThat(accuracy.value()).isZero();

    accuracy.add("Yes.", "Yes.");
    accuracy.add("No.", "Yes.");
    accuracy.add("It grows.", "It grows.");

    assertThat(accuracy.value()).isEqualTo(2.0 / 3);
    assertThat(accuracy.count()).isEqualTo(3);
  }

  @Test
  void absentRecall_wordsWithoutMask_countAlone() {
    AbsentRecall recall = new AbsentRecall();
    List<Segment> segments = List.of(Segment.builder().build());

    assertThat(recall.value()).isZero();
    assertThat(recall.add(Answer.builder().text("There is no star.").build())).isTrue();
    assertThat(recall.add(Answer.builder().text("It is [1].").segments(segments).build()))
        .isFalse();
    assertThat(recall.add(Answer.builder().text(" ").build())).isFalse();
    assertThat(recall.add(Answer.builder().text("I see none.").build())).isTrue();
    assertThat(recall.value()).isEqualTo(0.5);
    assertThat(recall.count()).isEqualTo(4);
  }
}
