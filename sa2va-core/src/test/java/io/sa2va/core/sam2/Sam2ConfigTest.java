package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.ModelConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sam2ConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void read_noSizes_isHieraLarge() throws IOException {
    Sam2Config config = Sam2Config.read(write("{}"));
    assertThat(config).isEqualTo(Sam2Config.hieraLarge());
    assertThat(config.featureSide()).isEqualTo(64);
    assertThat(config.trunk().depth()).isEqualTo(48);
    assertThat(config.neck().trunkWidths()).containsExactly(1152, 576, 288, 144);
  }

  @Test
  void read_sizes_areTheFiles() {
    Sam2Config config =
        Sam2Config.read(ConfigNode.read(Golden.folder("qwen2").resolve("checkpoint/config.json")));
    assertThat(config.imageSize()).isEqualTo(128);
    assertThat(config.hiddenDim()).isEqualTo(32);
    assertThat(config.trunk().stages()).isEqualTo(List.of(1, 2, 3, 1));
    assertThat(config.memory().width()).isEqualTo(16);
    assertThat(config.memory().attentionLayers()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/image_size | -128 | image_size",
        "/image_size | 100 | image_size",
        "/image_size | 2147483584 | image_size",
        "/image_size | 99999999999 | image_size",
        "/hidden_dim | 0 | hidden_dim",
        "/hidden_dim | 24 | hidden_dim",
        "/hidden_dim | 2147483632 | hidden_dim",
        "/mem_dim | 12 | mem_dim",
        "/mem_dim | -4 | mem_dim",
        "/num_maskmem | 0 | num_maskmem",
        "/num_maskmem | 2000000000 | num_maskmem",
        "/max_obj_ptrs_in_encoder | 0 | max_obj_ptrs_in_encoder",
        "/trunk/embed_dim | 2000000000 | embed_dim",
        "/trunk/num_heads | 3 | num_heads",
        "/trunk/stages | [1, 2, 3] | stages",
        "/trunk/stages | [1, 2, 3, 2000000000] | stages",
        "/trunk/window_spec | [8, 5, 4, 2] | window_spec",
        "/trunk/global_att_blocks | [7] | global_att_blocks",
        "/trunk/window_pos_embed_bkg_spatial_size | [7] | window_pos_embed_bkg_spatial_size",
        "/neck/backbone_channel_list | [128, 64, 32, 8] | backbone_channel_list",
        "/neck/fpn_top_down_levels | [4] | fpn_top_down_levels",
        "/memory_attention/rope_theta | 0 | rope_theta",
        "/memory_attention/num_layers | 0 | num_layers",
        "/memory_attention/dim_feedforward | -1 | dim_feedforward",
        "/memory_encoder/fuser_layers | \"two\" | fuser_layers"
      })
  void read_unsoundSize_namesTheKey(String pointer, String value, String key) throws IOException {
    JsonNode root =
        JSON.readTree(Golden.folder("qwen2").resolve("checkpoint/config.json").toFile());
    ObjectNode sizes = (ObjectNode) root.get("grounding_encoder_config");
    int slash = pointer.lastIndexOf('/');
    ((ObjectNode) sizes.at(pointer.substring(0, slash)))
        .set(pointer.substring(slash + 1), JSON.readTree(value));
    ConfigNode file = write(root.toString());
    assertThatThrownBy(() -> Sam2Config.read(file))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("\"" + key + "\"");
  }

  private ConfigNode write(String json) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, json);
    return ConfigNode.read(file);
  }
}
