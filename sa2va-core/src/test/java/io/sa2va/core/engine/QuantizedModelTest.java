package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.Answer;
import io.sa2va.Quantization;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.error.Sa2VAException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How good quantized answers are is in {@code QuantizationQualityTest}. */
class QuantizedModelTest {
  private static final String FAMILY = "qwen2";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "qwen2, INT8",
    "qwen2, INT4",
    "qwen2-rms, INT8",
    "qwen2-rms, INT4",
    "internlm2, INT4",
    "phi3, INT8",
    "qwen2_5vl, INT4",
    "qwen3vl, INT8"
  })
  void quantize_checkpoint_answersLikeOneRoundedOnLoading(String family, Quantization quantization)
      throws IOException {
    Path original = Golden.folder(family).resolve("checkpoint");
    Sa2VA.quantize(original, quantization, folder);
    try (Sa2VA rounded = load(original, quantization);
        Sa2VA stored = load(folder, Quantization.NONE)) {
      assertThat(answer(stored).tokens()).isEqualTo(answer(rounded).tokens());
      assertThat(answer(stored).segments())
          .usingRecursiveComparison()
          .isEqualTo(answer(rounded).segments());
      assertThat(stored.info())
          .usingRecursiveComparison()
          .ignoringFields("name")
          .isEqualTo(rounded.info());
      assertThat(stored.info().quantization()).isEqualTo(quantization);
    }
    assertThat(weightFile(folder)).isLessThan(weightFile(original));
  }

  private static long weightFile(Path checkpoint) throws IOException {
    return Files.size(checkpoint.resolve("model.safetensors"));
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT4"})
  void load_quantized_takesLessMemoryAndFreesIt(Quantization quantization) {
    Path original = Golden.folder(FAMILY).resolve("checkpoint");
    long before = NativeMemory.liveObjects();
    try (Sa2VA dense = load(original, Quantization.NONE);
        Sa2VA quantized = load(original, quantization)) {
      assertThat(quantized.info().parameterCount()).isEqualTo(dense.info().parameterCount());
      assertThat(quantized.info().weightBytes()).isLessThan(dense.info().weightBytes());
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void load_memoryForTheQuantizedOnly_loadsIt() {
    Path original = Golden.folder(FAMILY).resolve("checkpoint");
    long needed;
    try (Sa2VA quantized = load(original, Quantization.INT8)) {
      needed = quantized.info().weightBytes();
    }
    Sa2VA.load(
            original, options -> options.quantization(Quantization.INT8).memoryLimitBytes(needed))
        .close();
    assertThatThrownBy(() -> Sa2VA.load(original, options -> options.memoryLimitBytes(needed)))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("quantization");
    assertThatThrownBy(
            () ->
                Sa2VA.load(
                    original,
                    options ->
                        options.quantization(Quantization.INT8).memoryLimitBytes(needed - 1)))
        .isInstanceOf(InsufficientMemoryException.class);
  }

  @Test
  void load_otherQuantizationThanStored_isRefused() {
    quantized(Quantization.INT8);
    load(folder, Quantization.INT8).close();
    assertThatThrownBy(() -> load(folder, Quantization.INT4))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("the weights are int8 already, and cannot become int4");
  }

  @Test
  void withAdapter_ofAQuantizedCheckpoint_saysWhatToLoad() {
    quantized(Quantization.INT8);
    try (Sa2VA model = load(folder, Quantization.NONE)) {
      assertThatThrownBy(() -> model.withAdapter(folder))
          .isInstanceOf(UnsupportedModelException.class)
          .hasMessageContaining("load the original checkpoint with quantization int8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitsandbytes", "awq"})
  void load_unknownMethod_isRefusedByName(String method) {
    EditedCheckpoint.copy(FAMILY, folder)
        .config(config -> config.putObject("quantization_config").put("quant_method", method));
    assertThatThrownBy(() -> load(folder, Quantization.NONE))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("\"" + method + "\"");
  }

  @Test
  void load_unknownBits_namesTheKey() {
    EditedCheckpoint.copy(FAMILY, folder)
        .config(
            config ->
                config
                    .putObject("quantization_config")
                    .put("quant_method", "sa2va")
                    .put("quantization", "int3"));
    assertThatThrownBy(() -> load(folder, Quantization.NONE))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("\"quantization\"")
        .hasMessageContaining("int4-g128");
  }

  @ParameterizedTest
  @CsvSource({"int4, has shape", "int4-g128, has dtype INT8"})
  void load_configOfOtherBits_namesTheWeight(String stated, String problem) {
    quantized(Quantization.INT8);
    EditedCheckpoint.of(folder)
        .config(
            config -> ((ObjectNode) config.get("quantization_config")).put("quantization", stated));
    assertThatThrownBy(() -> load(folder, Quantization.NONE))
        .isInstanceOf(ModelWeightsException.class)
        .hasMessageContaining("layers.0.self_attn.q_proj.weight")
        .hasMessageContaining(problem);
  }

  @Test
  void load_partsOfAnotherType_namesWeightAndType() {
    quantized(Quantization.INT8);
    String name = "language_model.model.layers.0.self_attn.o_proj.weight";
    EditedCheckpoint.of(folder)
        .header(header -> ((ObjectNode) header.get(name)).put("dtype", "U8"));
    assertThatThrownBy(() -> load(folder, Quantization.NONE))
        .isInstanceOf(ModelWeightsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("UINT8")
        .hasMessageContaining("INT8");
  }

  @Test
  void quantize_aQuantizedOne_isRefused() {
    quantized(Quantization.INT8);
    assertThatThrownBy(() -> Sa2VA.quantize(folder, Quantization.INT4, folder.resolve("again")))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("already");
  }

  @Test
  void quantize_badFolders_areRefused() {
    assertThatThrownBy(
            () -> Sa2VA.quantize(folder.resolve("none"), Quantization.INT8, folder.resolve("new")))
        .isInstanceOf(ModelNotFoundException.class);
    EditedCheckpoint.copy(FAMILY, folder);
    assertThatThrownBy(() -> Sa2VA.quantize(folder, Quantization.INT8, folder))
        .isInstanceOf(Sa2VAException.class)
        .hasMessageContaining("name another folder");
    assertThatThrownBy(() -> Sa2VA.quantize(folder, Quantization.NONE, folder.resolve("new")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void quantized(Quantization quantization) {
    Sa2VA.quantize(Golden.folder(FAMILY).resolve("checkpoint"), quantization, folder);
  }

  private static Sa2VA load(Path checkpoint, Quantization quantization) {
    return Sa2VA.load(checkpoint, options -> options.quantization(quantization).threads(1));
  }

  private static Answer answer(Sa2VA model) {
    return model.chat(FixtureCase.image(FAMILY), "Please segment the red circle.");
  }

  @Test
  void quantize_usedFolder_isRefusedAndStaysAsItWas() throws IOException {
    Path used = EditedCheckpoint.copy(FAMILY, folder.resolve("used")).shard().folder();
    byte[] config = Files.readAllBytes(used.resolve("config.json"));
    Path original = Golden.folder(FAMILY).resolve("checkpoint");
    assertThatThrownBy(() -> Sa2VA.quantize(original, Quantization.INT8, used))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("not empty");
    assertThat(used.resolve("config.json")).hasBinaryContent(config);
    assertThat(folder.resolve("used.partial")).doesNotExist();
    Path file = used.resolve("config.json");
    assertThatThrownBy(() -> Sa2VA.quantize(original, Quantization.INT8, file))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void quantize_weightOfOneDimension_isRefusedByNameAndLeavesNothing() {
    String name = "language_model.model.layers.0.self_attn.o_proj.weight";
    Path flat =
        EditedCheckpoint.copy(FAMILY, folder.resolve("flat"))
            .header(
                header -> {
                  JsonNode shape = header.get(name).get("shape");
                  int values = shape.get(0).asInt() * shape.get(1).asInt();
                  ((ObjectNode) header.get(name)).putArray("shape").add(values);
                })
            .folder();
    assertThatThrownBy(() -> Sa2VA.quantize(flat, Quantization.INT8, folder.resolve("new")))
        .isInstanceOf(ModelWeightsException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("model.safetensors");
    assertThat(folder).isDirectoryNotContaining("glob:**/new*");
  }
}
