package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;

/** Texts with the ids and decoded texts that the reference tokenizers made of them. */
final class TokenizerCases {
  private static final String FIXTURES = "/fixtures/tokenizers/";

  private TokenizerCases() {}

  record Case(String text, List<Integer> ids, String decoded, String plain) {}

  /** Returns a folder of the fixtures, as a checkpoint has it. */
  static Path checkpoint(String name) {
    URL url = Objects.requireNonNull(TokenizerCases.class.getResource(FIXTURES + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Case> read(String name) {
    try (InputStream json = TokenizerCases.class.getResourceAsStream(FIXTURES + name)) {
      List<Case> cases = new ArrayList<>();
      for (JsonNode node : new ObjectMapper().readTree(json).required("cases")) {
        List<Integer> ids = new ArrayList<>();
        node.required("ids").forEach(id -> ids.add(id.intValue()));
        cases.add(
            new Case(
                node.required("text").textValue(),
                ids,
                node.required("decoded").textValue(),
                node.required("plain").textValue()));
      }
      assertThat(cases).hasSizeGreaterThan(300);
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Encodes and decodes every case, whole and id by id. */
  static void assertAllExact(Tokenizer tokenizer, String name) {
    SoftAssertions softly = new SoftAssertions();
    for (Case expected : read(name)) {
      int[] ids = expected.ids().stream().mapToInt(Integer::intValue).toArray();
      softly.assertThat(tokenizer.encode(expected.text())).as(expected.text()).isEqualTo(ids);
      softly.assertThat(tokenizer.decode(ids)).isEqualTo(expected.decoded());
      softly.assertThat(tokenizer.decode(ids, SpecialTokens.SKIP)).isEqualTo(expected.plain());
    }
    softly.assertAll();
  }
}
