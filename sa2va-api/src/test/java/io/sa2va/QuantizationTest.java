package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizationTest {
  @ParameterizedTest
  @EnumSource
  void parse_itsOwnName_isItself(Quantization quantization) {
    assertThat(Quantization.parse(quantization.toString())).isEqualTo(quantization);
    assertThat(Quantization.parse(quantization.toString().toUpperCase(Locale.ROOT)))
        .isEqualTo(quantization);
  }

  @Test
  void parse_otherName_saysWhichThereAre() {
    assertThatThrownBy(() -> Quantization.parse("int2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quantization must be one of none, int8, int4, int4-g128, but was \"int2\"");
  }
}
