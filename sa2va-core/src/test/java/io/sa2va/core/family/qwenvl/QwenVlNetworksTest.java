package io.sa2va.core.family.qwenvl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.QwenVlModel;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.WeightException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that differ from the fixtures, in ways that are sound and that are not. */
class QwenVlNetworksTest {
  private Inference inference;
  private TensorScope scope;

  @BeforeEach
  void open() {
    inference = Inference.begin();
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    inference.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2_5vl", "qwen3vl"})
  void load_olderWeightNames_givesTheSameModel(String fixture) throws Exception {
    try (CheckpointCopy copy = new CheckpointCopy(fixture).renamed(QwenVlNetworksTest::older);
        QwenVlModel model = new QwenVlModel(fixture, copy.folder(), DType.FLOAT32);
        QwenVlModel original = new QwenVlModel(fixture, DType.FLOAT32)) {
      model.requireAllUsed();
      assertThat(model.look("image_chat").orElseThrow().features().toFloatArray())
          .isEqualTo(original.look("image_chat").orElseThrow().features().toFloatArray());
      assertThat(logits(model)).isEqualTo(logits(original));
    }
  }

  private static String older(String name) {
    return name.replace("model.model.visual.", "model.visual.")
        .replace("model.model.language_model.", "model.model.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text_config", ""})
  void load_tiedEmbeddings_takesTheTokenTableAsHead(String where) throws Exception {
    try (CheckpointCopy copy =
            new CheckpointCopy("qwen2_5vl")
                .renamed(name -> name.equals("model.lm_head.weight") ? "" : name)
                .configured(config -> object(config, where).put("tie_word_embeddings", true));
        QwenVlModel model = new QwenVlModel("qwen2_5vl", copy.folder(), DType.FLOAT32)) {
      model.requireAllUsed();
      Tensor all = Tensors.arange(model.llm().vocabSize(), DType.INT64, Device.CPU);
      Tensor table = model.llm().embed(all); // (1, V, D)
      Tensor first = table.narrow(1, 0, 1); // (1, 1, D)
      assertThat(model.llm().logits(first).toFloatArray())
          .containsExactly(
              first.matmul(table.transpose(1, 2)).toFloatArray(), Offset.offset(1e-5f));
    }
  }

  @Test
  void load_ownHeadThoughTheWholeIsCalledTied_takesTheHead() throws Exception {
    try (CheckpointCopy copy =
            new CheckpointCopy("qwen2_5vl")
                .configured(config -> config.put("tie_word_embeddings", true));
        QwenVlModel model = new QwenVlModel("qwen2_5vl", copy.folder(), DType.FLOAT32);
        QwenVlModel original = new QwenVlModel("qwen2_5vl", DType.FLOAT32)) {
      model.requireAllUsed();
      assertThat(logits(model)).isEqualTo(logits(original));
    }
  }

  @Test
  void load_noHeadAndNotTied_namesTheWeight() throws Exception {
    try (CheckpointCopy copy =
        new CheckpointCopy("qwen3vl")
            .renamed(name -> name.equals("model.lm_head.weight") ? "" : name)) {
      assertThatThrownBy(() -> new QwenVlModel("qwen3vl", copy.folder(), DType.FLOAT32))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("\"model.lm_head.weight\"");
    }
  }

  private static ObjectNode object(ObjectNode config, String name) {
    return name.isEmpty() ? config : (ObjectNode) config.get(name);
  }

  private static float[] logits(QwenVlModel model) {
    Tensor ids = Tensors.of(new long[] {5, 9, 2}, 3);
    return model.llm().logits(model.llm().embed(ids)).toFloatArray();
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2_5vl, text_config, rope_theta, ''",
    "qwen2_5vl, text_config, rope_scaling, ''",
    "qwen2_5vl, text_config, num_key_value_heads, 3",
    "qwen2_5vl, vision_config, out_hidden_size, 65",
    "qwen2_5vl, vision_config, hidden_size, 36",
    "qwen2_5vl, vision_config, window_size, 27",
    "qwen2_5vl, vision_config, fullatt_block_indexes, '[1, 4]'",
    "qwen2_5vl, vision_config, in_channels, 1",
    "qwen2_5vl, vision_config, hidden_act, '\"step\"'",
    "qwen2_5vl, '', grounding_max_pixels, 50175",
    "qwen2_5vl, '', grounding_min_pixels, 0",
    "qwen3vl, vision_config, num_position_embeddings, 63",
    "qwen3vl, vision_config, deepstack_visual_indexes, '[2, 0]'",
    "qwen3vl, vision_config, deepstack_visual_indexes, '[0, 1, 2, 3]'",
    "qwen3vl, vision_config, temporal_patch_size, 513",
    "qwen3vl, vision_config, spatial_merge_size, 0",
  })
  void load_badValue_namesTheKey(String fixture, String object, String key, String value)
      throws Exception {
    try (CheckpointCopy copy =
        new CheckpointCopy(fixture).configured(config -> change(config, object, key, value))) {
      assertThatThrownBy(() -> new QwenVlModel(fixture, copy.folder(), DType.FLOAT32))
          .isInstanceOf(ModelConfigException.class)
          .hasMessageContaining("\"" + key + "\"");
    }
  }

  private static void change(ObjectNode config, String object, String key, String value) {
    ObjectNode changed = ConfigFile.with(object(config, object), key, value);
    if (object.isEmpty()) {
      config.setAll(changed);
    } else {
      config.set(object, changed);
    }
  }

  @ParameterizedTest
  @CsvSource({"'[2, 3]'", "'[2, 3, 4]'", "'[2, 3, -3]'"})
  void load_badSections_namesThem(String value) throws Exception {
    try (CheckpointCopy copy =
        new CheckpointCopy("qwen2_5vl")
            .configured(
                config -> {
                  ObjectNode text = (ObjectNode) config.get("text_config");
                  change(text, "rope_scaling", "mrope_section", value);
                })) {
      assertThatThrownBy(() -> new QwenVlModel("qwen2_5vl", copy.folder(), DType.FLOAT32))
          .isInstanceOf(ModelConfigException.class)
          .hasMessageContaining("\"mrope_section\" should be");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "image_mean, '[0.5, 0.5]', ModelConfigException",
    "image_std, '[0.5, 0, 0.5]', ModelConfigException",
    "rescale_factor, 0, ModelConfigException",
    "merge_size, 3, ModelConfigException",
    "do_resize, false, UnsupportedModelException",
    "resample, 2, UnsupportedModelException",
  })
  void load_badProcessor_namesTheKey(String key, String value, String error) throws Exception {
    try (CheckpointCopy copy = new CheckpointCopy("qwen3vl")) {
      ObjectNode processor =
          (ObjectNode) ConfigFile.fixture("qwen3vl/checkpoint/preprocessor_config.json");
      Path file = copy.folder().resolve("preprocessor_config.json");
      Files.writeString(file, ConfigFile.with(processor, key, value).toString());
      assertThatThrownBy(() -> new QwenVlModel("qwen3vl", copy.folder(), DType.FLOAT32))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("\"" + key + "\"")
          .extracting(e -> e.getClass().getSimpleName())
          .isEqualTo(error);
    }
  }

  @Test
  void load_noProcessor_namesTheFile() throws Exception {
    try (CheckpointCopy copy = new CheckpointCopy("qwen3vl")) {
      Files.delete(copy.folder().resolve("preprocessor_config.json"));
      assertThatThrownBy(() -> new QwenVlModel("qwen3vl", copy.folder(), DType.FLOAT32))
          .isInstanceOf(ModelConfigException.class)
          .hasMessageContaining("preprocessor_config.json is missing");
    }
  }

  @Test
  void families_otherTower_isUnsupported() {
    ObjectNode config = ConfigFile.of("qwen2_5vl", "");
    change(config, "vision_config", "fullatt_block_indexes", "");
    ConfigNode node = ConfigFile.node(config);
    assertThatThrownBy(() -> Families.of(node))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("deepstack_visual_indexes");
  }
}
