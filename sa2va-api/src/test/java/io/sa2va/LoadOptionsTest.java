package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
  @Test
  void defaults_chooseForTheUser() {
    LoadOptions options = LoadOptions.defaults();
    assertThat(options.device()).isEqualTo(Device.AUTO);
    assertThat(options.dtype()).isEqualTo(DType.AUTO);
    assertThat(options.quantization()).isEqualTo(Quantization.NONE);
    assertThat(options.threads()).isZero();
    assertThat(options.memoryLimitBytes()).isZero();
    assertThat(options.hubEndpoint()).isNull();
    assertThat(options.hubToken()).isNull();
    assertThat(options.offline()).isFalse();
  }

  @Test
  void toBuilder_everyValue_isKept() {
    LoadOptions options =
        LoadOptions.of(
            it ->
                it.device(Device.cuda(1))
                    .dtype(DType.BFLOAT16)
                    .quantization(Quantization.INT4)
                    .threads(3)
                    .memoryLimitBytes(1L << 33)
                    .hubEndpoint(URI.create("https://mirror.example"))
                    .cacheFolder(Path.of("cache"))
                    .hubToken("secret")
                    .revision("main")
                    .offline(true)
                    .onDownload(progress -> {}));
    assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
    assertThat(options.memoryLimitBytes()).isEqualTo(1L << 33);
  }

  @Test
  void toString_token_isNotShown() {
    assertThat(LoadOptions.of(it -> it.hubToken("secret").threads(3)))
        .asString()
        .contains("threads=3")
        .doesNotContain("secret");
  }

  @Test
  void builder_badValue_namesFieldAndValue() {
    LoadOptions.Builder builder = LoadOptions.builder();
    assertThatThrownBy(() -> builder.threads(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be at least 0, but was -1");
    assertThatThrownBy(() -> builder.memoryLimitBytes(-5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-5");
    assertThatThrownBy(() -> builder.hubEndpoint(URI.create("ftp://mirror.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ftp://mirror.example");
    assertThatThrownBy(() -> builder.hubToken(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.revision("")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "cpu", "cuda:0", "cuda:12"})
  void device_parse_readsWhatToStringWrites(String text) {
    assertThat(Device.parse(text)).hasToString(text);
  }

  @Test
  void device_parse_anyCase_isRead() {
    assertThat(Device.parse(" CUDA:1 "))
        .isEqualTo(Device.cuda(1))
        .hasSameHashCodeAs(Device.cuda(1));
    assertThat(Device.parse("Cuda")).isEqualTo(Device.CUDA).isEqualTo(Device.cuda(0));
    assertThat(Device.cuda(1)).isNotEqualTo(Device.CUDA);
    assertThat(Device.CPU).isNotEqualTo(Device.AUTO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "cuda:x", "cuda:99999999999", "cpu:0"})
  void device_parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Device.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void device_cudaNegative_isRefused() {
    assertThatThrownBy(() -> Device.cuda(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void dtype_parse_readsWhatToStringWrites() {
    for (DType dtype : DType.values()) {
      assertThat(DType.parse(dtype.toString())).isEqualTo(dtype);
    }
    assertThat(DType.parse("BFloat16")).isEqualTo(DType.BFLOAT16);
    assertThatThrownBy(() -> DType.parse("int8"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"int8\"");
  }
}
