package io.sa2va.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StopRulesTest {
  private final StopRules rules =
      new StopRules(OptionalInt.of(7), List.of("<|end|>", "STOP"), List.of("\n\n", "cat"));

  @Test
  void stops_endOfSequence_yes() {
    assertThat(rules.stops(7, "anything")).isTrue();
    assertThat(rules.stops(8, "anything")).isFalse();
  }

  @Test
  void stops_textEndsInStopWord_yes() {
    assertThat(rules.stops(1, "that is all<|end|>")).isTrue();
    assertThat(rules.stops(1, "STOP it")).isFalse();
  }

  @Test
  void stops_lineBreaksInTemplateWord_areLeftOut() {
    assertThat(rules.stops(1, "that is all<|en\nd|>\r\n")).isTrue();
  }

  @Test
  void stops_callersWordAnywhere_yes() {
    assertThat(rules.stops(1, "the cats")).isTrue();
    assertThat(rules.stops(1, "one\n\ntwo")).isTrue();
    assertThat(rules.stops(1, "one\ntwo")).isFalse();
  }
}
