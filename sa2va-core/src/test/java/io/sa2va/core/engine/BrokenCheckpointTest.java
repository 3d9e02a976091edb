package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.Device;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.core.testing.EditedCheckpoint.Weight;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.error.DeviceException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.NativeMemory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints that are damaged in one place: each is refused by name, and leaves nothing behind.
 */
class BrokenCheckpointTest {
  private static final String WEIGHT = "language_model.model.layers.1.self_attn.q_proj.weight";

  @TempDir private Path temporary;
  private EditedCheckpoint checkpoint;
  private long objects;

  @BeforeEach
  void copy() {
    checkpoint = EditedCheckpoint.copy("qwen2", temporary.resolve("checkpoint"));
    objects = NativeMemory.liveObjects();
  }

  @AfterEach
  void leavesNothingBehind() {
    assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      EditedCheckpoint broken, Class<? extends Exception> error) {
    return assertThatThrownBy(() -> FixtureModel.load(broken.folder()).close())
        .isExactlyInstanceOf(error);
  }

  @Test
  void load_soundCopy_answers() {
    try (Sa2VA model = FixtureModel.load(checkpoint.folder())) {
      assertThat(model.chat("What is 3.14?").text()).isEqualTo("It is 3.14.");
    }
  }

  @Test
  void load_shards_answersTheSame() {
    try (Sa2VA model = FixtureModel.load(checkpoint.shard().folder())) {
      assertThat(model.chat("What is 3.14?").text()).isEqualTo("It is 3.14.");
    }
  }

  @Test
  void load_noSuchFolder_isRefused() {
    Path missing = temporary.resolve("nothing here");
    assertThatThrownBy(() -> Sa2VA.load(missing))
        .isExactlyInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("nothing here");
    assertThatThrownBy(() -> Sa2VA.load(missing.toString()))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("nothing here");
  }

  @Test
  void load_deviceThatIsNotThere_isRefusedAndFreesTheFiles() {
    assertThatThrownBy(() -> Sa2VA.load(checkpoint.folder(), o -> o.device(Device.cuda(77))))
        .isExactlyInstanceOf(DeviceException.class)
        .hasMessageContaining("cuda:77");
  }

  // ---- config.json

  @Test
  void load_configMissing_isRefused() {
    assertRefused(checkpoint.delete("config.json"), ModelConfigException.class)
        .hasMessageContaining("config.json is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{} {}", "{\"a\": 1, \"a\": 2}"})
  void load_configNotOneObject_isRefused(String content) {
    assertRefused(checkpoint.text("config.json", content), ModelConfigException.class)
        .hasMessageContaining("config.json");
  }

  @ParameterizedTest
  @CsvSource({
    "model_type, sa2va_qwen9",
    "model_type, llama",
  })
  void load_otherModelType_isUnsupported(String key, String value) {
    assertRefused(checkpoint.config(c -> c.put(key, value)), UnsupportedModelException.class)
        .hasMessageContaining(value);
  }

  @Test
  void load_unknownArchitecture_isUnsupported() {
    assertRefused(
            checkpoint.config(c -> llm(c).putArray("architectures").add("MambaForCausalLM")),
            UnsupportedModelException.class)
        .hasMessageContaining("MambaForCausalLM")
        .hasMessageContaining("Qwen2ForCausalLM");
  }

  @Test
  void load_unknownTemplate_isRefused() {
    assertRefused(checkpoint.config(c -> c.put("template", "vicuna")), ModelConfigException.class)
        .hasMessageContaining("vicuna")
        .hasMessageContaining("qwen_chat");
  }

  @ParameterizedTest
  @CsvSource({
    "'', model_type",
    "'', template",
    "'', llm_config",
    "'', vision_config",
    "llm_config, architectures",
    "llm_config, hidden_size",
    "llm_config, num_hidden_layers",
    "llm_config, vocab_size",
    "llm_config, max_position_embeddings",
    "vision_config, hidden_size",
    "vision_config, image_size",
    "vision_config, num_attention_heads",
    "grounding_encoder_config, image_size",
    "grounding_encoder_config, trunk",
    "grounding_encoder_config, memory_attention"
  })
  void load_neededKeyMissing_isNamed(String object, String key) {
    assertRefused(checkpoint.config(c -> at(c, object).remove(key)), ModelConfigException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("\"" + key + "\"");
  }

  @Test
  void load_tokenizerLargerThanModel_isRefused() {
    assertRefused(
            checkpoint.config(c -> llm(c).put("vocab_size", 700)), ModelWeightsException.class)
        .hasMessageContaining("[700, 64]");
    EditedCheckpoint smaller =
        EditedCheckpoint.copy("qwen2", temporary.resolve("smaller"))
            .config(c -> llm(c).put("vocab_size", 700))
            .weights(
                weights -> {
                  shrink(weights, "language_model.model.embed_tokens.weight");
                  shrink(weights, "language_model.lm_head.weight");
                });
    assertRefused(smaller, ModelConfigException.class)
        .hasMessageContaining("[SEG]")
        .hasMessageContaining("700");
  }

  private static void shrink(Map<String, Weight> weights, String name) {
    weights.computeIfPresent(
        name,
        (key, weight) ->
            new Weight(weight.dtype(), List.of(700, 64), weight.data().slice(0, 700 * 64 * 2)));
  }

  // ---- weights

  @Test
  void load_noWeights_isRefused() {
    assertRefused(checkpoint.delete("model.safetensors"), ModelWeightsException.class)
        .hasMessageContaining("model.safetensors");
  }

  @Test
  void load_shardMissing_isNamed() {
    String shard = EditedCheckpoint.shardName(1);
    assertRefused(checkpoint.shard().delete(shard), ModelWeightsException.class)
        .hasMessageContaining(shard);
  }

  @Test
  void load_shardTruncated_isNamed() {
    String shard = EditedCheckpoint.shardName(1);
    assertRefused(checkpoint.shard().truncate(shard, 200_000), ModelWeightsException.class)
        .hasMessageContaining(shard);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"weight_map\": {}}", "{\"weight_map\": {\"a\": 1}}"})
  void load_indexBroken_isRefused(String content) {
    assertRefused(
            checkpoint.shard().text("model.safetensors.index.json", content),
            ModelWeightsException.class)
        .hasMessageContaining("model.safetensors.index.json");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 8, 100, 20_000, 2_513_179})
  void load_weightsTruncated_isRefused(int length) {
    assertRefused(checkpoint.truncate("model.safetensors", length), ModelWeightsException.class)
        .hasMessageContaining("model.safetensors");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 100_000_001, 2_600_000, 3})
  void load_headerLengthAbsurd_isRefused(long length) {
    assertRefused(checkpoint.headerLength(length), ModelWeightsException.class)
        .hasMessageContaining("model.safetensors");
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie(
            "offsets outside the file",
            info -> info.putArray("data_offsets").add(9_000_000L).add(9_008_192L)),
        lie("offsets backwards", info -> info.putArray("data_offsets").add(8192).add(0)),
        lie("offsets negative", info -> info.putArray("data_offsets").add(-8192).add(0)),
        lie("offsets of others", info -> info.putArray("data_offsets").add(0).add(8192)),
        lie("offsets huge", info -> info.putArray("data_offsets").add(1).add(Long.MAX_VALUE)),
        lie("offsets no numbers", info -> info.putArray("data_offsets").add("0").add("8192")),
        lie("one offset", info -> info.putArray("data_offsets").add(0)),
        lie("shape too large", info -> info.putArray("shape").add(64).add(65)),
        lie("shape overflows", info -> info.putArray("shape").add(1L << 62).add(64)),
        lie("shape negative", info -> info.putArray("shape").add(-64).add(-64)),
        lie("dtype unknown", info -> info.put("dtype", "F8_E9M9")),
        lie("dtype of other size", info -> info.put("dtype", "F32")),
        lie("no dtype", info -> info.remove("dtype")),
        lie("no shape", info -> info.remove("shape")));
  }

  private static Arguments lie(String name, Consumer<ObjectNode> edit) {
    return Arguments.of(name, edit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void load_headerLies_isRefused(String name, Consumer<ObjectNode> edit) {
    assertRefused(
            checkpoint.header(header -> edit.accept((ObjectNode) header.get(WEIGHT))),
            ModelWeightsException.class)
        .hasMessageContaining("model.safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        WEIGHT,
        "vision_model.encoder.layers.2.mlp.fc1.bias",
        "mlp1.1.weight",
        "text_hidden_fcs.2.bias",
        "grounding_encoder.sam2_model.memory_attention.layers.1.linear2.weight",
        "grounding_encoder.sam2_model.sam_mask_decoder.iou_token.weight"
      })
  void load_weightMissing_isNamed(String name) {
    assertRefused(
            checkpoint.weights(weights -> assertThat(weights.remove(name)).isNotNull()),
            ModelWeightsException.class)
        .hasMessageContaining("\"" + name + "\"");
  }

  @Test
  void load_weightMisshapen_isNamedWithBothShapes() {
    assertRefused(
            checkpoint.weights(
                weights ->
                    weights.computeIfPresent(
                        WEIGHT,
                        (name, weight) ->
                            new Weight(weight.dtype(), List.of(32, 128), weight.data()))),
            ModelWeightsException.class)
        .hasMessageContaining("\"" + WEIGHT + "\"")
        .hasMessageContaining("[32, 128]")
        .hasMessageContaining("[64, 64]");
  }

  @Test
  void load_weightOfWholeNumbers_isNamed() {
    assertRefused(
            checkpoint.weights(
                weights ->
                    weights.computeIfPresent(
                        WEIGHT,
                        (name, weight) -> new Weight("I16", weight.shape(), weight.data()))),
            ModelWeightsException.class)
        .hasMessageContaining("\"" + WEIGHT + "\"");
  }

  @Test
  void load_weightTooMany_isNamed() {
    assertRefused(
            checkpoint.weights(
                weights ->
                    weights.put(
                        "language_model.lora.A",
                        new Weight("F32", List.of(1), ByteBuffer.allocate(4)))),
            ModelWeightsException.class)
        .hasMessageContaining("language_model.lora.A");
  }

  @Test
  void load_weightInTwoShards_isNamed() {
    EditedCheckpoint sharded = checkpoint.shard();
    sharded.copy(EditedCheckpoint.shardName(0), EditedCheckpoint.shardName(1));
    assertRefused(sharded, ModelWeightsException.class)
        .hasMessageContaining(EditedCheckpoint.shardName(0))
        .hasMessageContaining(EditedCheckpoint.shardName(1));
  }

  // ---- tokenizer

  @Test
  void load_noTokenizer_isRefused() {
    assertRefused(
            checkpoint.delete("tokenizer.json").delete("vocab.json").delete("merges.txt"),
            ModelConfigException.class)
        .hasMessageContaining("tokenizer");
  }

  @ParameterizedTest
  @CsvSource({"tokenizer.json, '{'", "tokenizer.json, '{}'", "tokenizer_config.json, '['"})
  void load_tokenizerBroken_isNamed(String file, String content) {
    assertRefused(checkpoint.text(file, content), ModelConfigException.class)
        .hasMessageContaining(file);
  }

  @Test
  void load_tokenizerWithoutSeg_isNamed() {
    EditedCheckpoint other =
        checkpoint.edit("tokenizer.json", text -> text.replace("[SEG]", "[GES]"));
    other.edit("tokenizer_config.json", text -> text.replace("[SEG]", "[GES]"));
    other.edit("added_tokens.json", text -> text.replace("[SEG]", "[GES]"));
    other.edit("special_tokens_map.json", text -> text.replace("[SEG]", "[GES]"));
    assertRefused(other, ModelConfigException.class).hasMessageContaining("[SEG]");
  }

  private static ObjectNode llm(ObjectNode config) {
    return (ObjectNode) config.get("llm_config");
  }

  private static ObjectNode at(ObjectNode config, String object) {
    return object.isEmpty() ? config : (ObjectNode) config.get(object);
  }
}
