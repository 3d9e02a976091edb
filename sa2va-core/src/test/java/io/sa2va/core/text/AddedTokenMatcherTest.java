package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AddedTokenMatcherTest {

  @Test
  void split_tokensWithACommonBeginning_takesTheLongest() {
    assertThat(
            split(
                "x[SEG]y[SEG",
                AddedToken.plain("[SEG", 1, true),
                AddedToken.plain("[SEG]", 2, true)))
        .containsExactly("x", "#2", "y", "#1");
  }

  @Test
  void split_stripFlags_takeTheSpaceAway() {
    AddedToken token = new AddedToken("<m>", 7, false, true, true, false, true);

    assertThat(split("a \t<m>\n <m> b", token)).containsExactly("a", "#7", "#7", "b");
  }

  @Test
  void split_singleWord_isNotFoundInsideAWord() {
    AddedToken token = new AddedToken("cat", 7, true, false, false, false, false);

    assertThat(split("cat catalogue ccat-cat_ (cat)", token))
        .containsExactly("#7", " catalogue ccat-cat_ (", "#7", ")");
  }

  private static List<String> split(String text, AddedToken... tokens) {
    return new AddedTokenMatcher(List.of(tokens), UnaryOperator.identity())
        .split(text).stream()
            .map(segment -> segment.token() == null ? segment.text() : "#" + segment.token().id())
            .toList();
  }
}
