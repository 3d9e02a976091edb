package io.sa2va.core.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.error.ModelConfigException;
import io.sa2va.torch.nn.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisionEncoderConfigTest {
  @Test
  void of_qwen2V1_readsEveryKey() {
    VisionEncoderConfig config =
        VisionEncoderConfig.of(ConfigFile.node(ConfigFile.of("qwen2-v1", "")));

    assertThat(config.vit())
        .isEqualTo(
            new VisionConfig(
                48, 3, 3, 80, 56, 14, NormType.RMS_NORM, true, false, 1e-6, Activation.GELU));
    assertThat(config.tileSize()).isEqualTo(56);
    assertThat(config.depth()).isEqualTo(2);
    assertThat(config.merge()).isEqualTo(2);
    assertThat(config.shuffle()).isEqualTo(PixelShuffle.V1);
    assertThat(config.outputWidth()).isEqualTo(64);
    assertThat(config.tokensPerTile()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({"-1, 3", "3, 3", "-2, 2", "0, 0", "-4, 0"})
  void depth_ofEverySelectLayer_countsAsPythonDoes(String selected, int depth) {
    ObjectNode config = ConfigFile.with(ConfigFile.of("qwen2", ""), "select_layer", selected);
    assertThat(VisionEncoderConfig.of(ConfigFile.node(config)).depth()).isEqualTo(depth);
  }

  @Test
  void tileSize_notForced_isTheTowersOwn() {
    ObjectNode config = ConfigFile.with(ConfigFile.of("qwen2", ""), "force_image_size", "");
    assertThat(VisionEncoderConfig.of(ConfigFile.node(config)).tileSize()).isEqualTo(56);
  }

  @ParameterizedTest
  @CsvSource({
    "force_image_size, 60",
    "force_image_size, 42",
    "select_layer, 4",
    "select_layer, -5",
    "downsample_ratio, 0.3",
    "downsample_ratio, 0",
    "downsample_ratio, 2",
    "ps_version, '\"v3\"'",
    "vision_config, 1",
  })
  void of_badValue_namesTheKey(String key, String value) {
    ObjectNode bad = ConfigFile.with(ConfigFile.of("qwen2", ""), key, value);
    assertThatThrownBy(() -> VisionEncoderConfig.of(ConfigFile.node(bad)))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("\"" + key + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "hidden_size, 50",
    "hidden_size, ''",
    "num_attention_heads, 0",
    "num_hidden_layers, 0",
    "intermediate_size, 0",
    "image_size, 57",
    "patch_size, 0",
    "num_channels, 4",
    "norm_type, '\"batch_norm\"'",
    "qk_normalization, 1",
    "qkv_bias, 1",
    "layer_norm_eps, 0",
    "hidden_act, '\"step\"'",
  })
  void vit_badValue_namesTheKey(String key, String value) {
    ObjectNode bad = ConfigFile.with(ConfigFile.of("qwen2", "vision_config"), key, value);
    assertThatThrownBy(() -> VisionConfig.of(ConfigFile.node(bad)))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("\"" + key + "\"");
  }
}
