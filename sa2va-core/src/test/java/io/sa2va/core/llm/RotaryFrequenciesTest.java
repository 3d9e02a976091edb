package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.UnsupportedModelException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RotaryFrequenciesTest {
  private static final int HEAD_WIDTH = 64;

  /** Each scaling, as transformers computes it. */
  static List<JsonNode> cases() {
    JsonNode cases = ConfigFile.fixture("rotary_frequencies.json").get("cases");
    return StreamSupport.stream(cases.spliterator(), false).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void inverse_everyScaling_isTheReferences(JsonNode expected) {
    RotaryFrequencies frequencies = read(expected.get("config"));

    float[] inverse = frequencies.inverse(expected.get("length").asLong());

    assertThat(frequencies.scale()).isCloseTo(expected.get("scale").asDouble(), within(1e-12));
    assertThat(inverse).hasSize(expected.get("inverse").size());
    for (int i = 0; i < inverse.length; i++) {
      float right = expected.get("inverse").get(i).floatValue();
      assertThat(inverse[i]).as("pair %d", i).isCloseTo(right, within(4 * Math.ulp(right)));
    }
  }

  @Test
  void read_unknownScaling_namesItAndTheKnownOnes() {
    ObjectNode config = config("{\"type\": \"spiral\"}");
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("\"spiral\"")
        .hasMessageContaining("default, linear, dynamic, longrope, su, llama3, yarn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type': 'linear'} | factor",
        "{'type': 'linear', 'factor': 0.5} | factor",
        "{'type': 'dynamic', 'factor': 'two'} | factor",
        "{'type': 'su', 'short_factor': [1], 'long_factor': [1]} | short_factor",
        "{'type': 'llama3', 'factor': 8, 'low_freq_factor': 4} | high_freq_factor",
        "{'type': 'yarn', 'factor': 2, 'beta_fast': 0.5} | beta_fast",
        "{'type': 'yarn', 'factor': 2, 'attention_factor': 0} | attention_factor",
      })
  void read_badScaling_namesTheKey(String scaling, String key) {
    ObjectNode config = config(scaling.replace('\'', '"'));
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("rope_scaling: \"" + key + "\"");
  }

  private static ObjectNode config(String scaling) {
    return ConfigFile.with(ConfigFile.of("llama", "llm_config"), "rope_scaling", scaling);
  }

  private static RotaryFrequencies read(JsonNode config) {
    return RotaryFrequenciesReader.read(ConfigFile.node(config), HEAD_WIDTH);
  }
}
