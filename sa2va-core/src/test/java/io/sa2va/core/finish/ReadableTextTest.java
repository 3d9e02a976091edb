package io.sa2va.core.finish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadableTextTest {
  private static final List<String> MARKS = List.of("<p>", "</p>", "<|im_end|>", "<|end|>");

  @ParameterizedTest
  @CsvSource({
    "'Sure, it is [SEG].<|im_end|>', 'Sure, it is [1].'",
    "'<p> A red circle </p> [SEG] behind <p> the cat </p> [SEG].', 'A red circle [1] behind the cat [2].'",
    "'  two   words  ', 'two words'",
    "'a < b and [SE] <', 'a < b and [SE] <'",
    "'done<|end|>', 'done'",
    "'', ''"
  })
  void finish_anyPieces_givesTheSameText(String raw, String expected) {
    for (int size = 1; size <= Math.max(1, raw.length()); size++) {
      List<String> shown = new ArrayList<>();
      ReadableText text = new ReadableText(MARKS, List.of(), shown::add);
      for (int at = 0; at < raw.length(); at += size) {
        text.append(raw.substring(at, Math.min(raw.length(), at + size)));
      }
      assertThat(text.finish()).as("pieces of %d", size).isEqualTo(expected);
      assertThat(String.join("", shown)).as("pieces of %d", size).isEqualTo(expected);
    }
  }

  @Test
  void append_lineBreaks_keepsThemWithoutSpacesAround() {
    ReadableText text = new ReadableText(MARKS, List.of(), piece -> {});
    text.append("\n one: \n\n two\n");
    assertThat(text.finish()).isEqualTo("one:\n\ntwo");
  }

  @Test
  void append_beginningOfMark_isHeldBack() {
    List<String> shown = new ArrayList<>();
    ReadableText text = new ReadableText(MARKS, List.of(), shown::add);
    text.append("it <|im");
    assertThat(shown).containsExactly("it");
    text.append("portant");
    assertThat(shown).containsExactly("it", " <|important");
  }

  @ParameterizedTest
  @CsvSource({
    "'a dog. The end', '.', 'a dog'",
    "'it is [SEG].<|im_end|>', ' it', 'it is [1].'",
    "'stop here', 'stop', ''",
    "'<|im_end|>', '<|', ''"
  })
  void finish_endWord_endsBeforeIt(String raw, String end, String expected) {
    for (int size = 1; size <= raw.length(); size++) {
      List<String> shown = new ArrayList<>();
      ReadableText text = new ReadableText(MARKS, List.of(end), shown::add);
      for (int at = 0; at < raw.length(); at += size) {
        text.append(raw.substring(at, Math.min(raw.length(), at + size)));
      }
      assertThat(text.finish()).as("pieces of %d", size).isEqualTo(expected);
      assertThat(String.join("", shown)).as("pieces of %d", size).isEqualTo(expected);
    }
  }
}
