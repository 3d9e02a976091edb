package io.sa2va.core.finish;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PhrasesTest {
  @Test
  void of_groundedCaption_pairsInOrder() {
    assertThat(Phrases.of("<p> A red circle </p> [SEG] behind <p> the cat </p> [SEG]."))
        .containsExactly("A red circle", "the cat");
  }

  @Test
  void of_noPhrases_givesNulls() {
    assertThat(Phrases.of("Sure, [SEG] and [SEG].")).containsExactly(null, null);
  }

  @Test
  void of_phrasesBeforeTheirSegments_pairsInOrder() {
    assertThat(Phrases.of("<p>a</p> and <p>b</p>: [SEG], [SEG], [SEG]"))
        .containsExactly("a", "b", null);
  }

  @Test
  void of_unclosedPhrase_isNoPhrase() {
    assertThat(Phrases.of("<p>a [SEG]")).containsExactly((String) null);
  }
}
