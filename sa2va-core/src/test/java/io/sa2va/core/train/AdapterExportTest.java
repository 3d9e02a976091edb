package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.primitives.Longs;
import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.LoadOptions;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterExportTest {
  private static final LoraConfig LORA = new LoraConfig(4, 8, 0.05, LoraConfig::isInLanguageModel);
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final Path BASE = Golden.folder("qwen2").resolve("checkpoint");

  @TempDir private static Path trained;
  @TempDir private Path folder;

  /** Learns enough for the answers to change. */
  @BeforeAll
  static void train() {
    try (TrainingFixture fixture = new TrainingFixture();
        Run run =
            new Run(
                TrainableModel.load(
                    BASE, Device.CPU, DType.FLOAT32, TrainingPlan.reference(LORA, 3)),
                new WholeMaskLoss())) {
      for (int i = 0; i < 3; i++) {
        run.step().accumulate(List.of(fixture.sample()));
        run.step().update(2e-2);
      }
      new ModelExport(run.model(), DType.FLOAT32).write(merged());
      new AdapterExport(run.model(), LORA, "the base").write(adapter());
    }
  }

  private static Path merged() {
    return trained.resolve("model");
  }

  private static Path adapter() {
    return trained.resolve("adapter");
  }

  /** A copy of the adapter that may be damaged. */
  private Path copy() throws IOException {
    for (String file : List.of(CONFIG, WEIGHTS)) {
      Files.copy(adapter().resolve(file), folder.resolve(file));
    }
    return folder;
  }

  private static Answer ask(Sa2VA model) {
    return model.chat(
        ChatRequest.of(
            request ->
                request
                    .image(Image.read(Golden.folder("training").resolve("image.png")))
                    .prompt("Please segment the red circle in this image.")
                    .generation(options -> options.maxNewTokens(24))));
  }

  /** In the stored type weights are used as they are merged; in another they are read in parts. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void withAdapter_trained_answersAsTheMergedModel(io.sa2va.DType dtype) {
    LoadOptions options = LoadOptions.of(o -> o.dtype(dtype));
    try (Sa2VA base = Sa2VA.load(BASE, options);
        Sa2VA whole = Sa2VA.load(merged(), options)) {
      Answer before = ask(base);
      Answer expected = ask(whole);
      try (Sa2VA adapted = base.withAdapter(adapter())) {
        Answer answer = ask(adapted);
        assertThat(answer.tokens()).isEqualTo(expected.tokens());
        assertThat(answer.segments().stream().map(Segment::mask))
            .containsExactlyElementsOf(expected.segments().stream().map(Segment::mask).toList());
      }
      assertThat(expected.tokens()).isNotEqualTo(before.tokens());
      assertThat(ask(base).tokens()).isEqualTo(before.tokens());
    }
  }

  @Test
  void write_adapter_isWithoutTheFrozenWeights() throws IOException {
    assertThat(Files.size(adapter().resolve(WEIGHTS)))
        .isLessThan(Files.size(merged().resolve("model.safetensors")));
    assertThat(adapter().resolve(CONFIG))
        .content()
        .contains("\"base_model_name_or_path\" : \"the base\"", "q_proj", "text_hidden_fcs");
  }

  @Test
  void write_adapter_isNamedAsPeftNamesIt() throws IOException {
    JsonNode config = new ObjectMapper().readTree(adapter().resolve(CONFIG).toFile());
    assertThat(config.get("peft_type").textValue()).isEqualTo("LORA");
    assertThat(config.get("bias").textValue()).isEqualTo("none");
    assertThat(texts(config.get("modules_to_save")))
        .containsExactlyInAnyOrder(
            "mlp1",
            "language_model.model.embed_tokens",
            "language_model.lm_head",
            "text_hidden_fcs",
            "grounding_encoder.sam2_model.sam_mask_decoder");
    List<String> targets = texts(config.get("target_modules"));
    assertThat(targets).hasSize(21).contains("language_model.model.layers.0.self_attn.q_proj");
    try (SafetensorsWeights weights = open(adapter())) {
      assertThat(weights.names())
          .allMatch(name -> name.startsWith("base_model.model."))
          .contains(
              "base_model.model.language_model.lm_head.weight",
              "base_model.model.text_hidden_fcs.0.bias");
      for (String target : targets) {
        assertThat(weights.has("base_model.model." + target + ".lora_A.weight")).isTrue();
        assertThat(weights.has("base_model.model." + target + ".lora_B.weight")).isTrue();
      }
    }
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static SafetensorsWeights open(Path adapter) {
    return SafetensorsWeights.open(List.of(adapter.resolve(WEIGHTS)));
  }

  /** The model's own names, and those of the modules that peft trains. */
  @ParameterizedTest
  @ValueSource(strings = {"$1", "base_model.model.$1.modules_to_save.default"})
  void withAdapter_otherNames_answersTheSame(String module) throws IOException {
    Files.copy(adapter().resolve(CONFIG), folder.resolve(CONFIG));
    try (TensorScope scope = TensorScope.open();
        SafetensorsWeights weights = open(adapter())) {
      Map<String, Tensor> renamed = new LinkedHashMap<>();
      for (String name : weights.names()) {
        long[] shape = Longs.toArray(weights.info(name).shape());
        String other = name.contains(".lora_") ? "base_model.model.$1" : module;
        renamed.put(
            name.replaceFirst("base_model\\.model\\.(.*)(?=\\.(weight|bias)$)", other),
            weights.view(name, shape));
      }
      SafetensorsWriter.write(folder.resolve(WEIGHTS), renamed, Map.of());
    }
    try (Sa2VA base = Sa2VA.load(BASE);
        Sa2VA expected = base.withAdapter(adapter());
        Sa2VA actual = base.withAdapter(folder)) {
      assertThat(ask(actual).tokens()).isEqualTo(ask(expected).tokens());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"use_dora\" : true", "\"rank_pattern\" : {\"q_proj\" : 8}"})
  void withAdapter_ofAnotherKind_isRefused(String setting) throws IOException {
    Path config = copy().resolve(CONFIG);
    Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{" + setting + ","));
    try (Sa2VA model = Sa2VA.load(BASE)) {
      assertThatThrownBy(() -> model.withAdapter(folder))
          .isInstanceOf(ModelConfigException.class)
          .hasMessageContaining(setting.substring(0, setting.indexOf(' ')));
    }
  }

  @Test
  void withAdapter_ofAnotherModel_isRefused() {
    Path other = Golden.folder("qwen3vl").resolve("checkpoint");
    try (Sa2VA model = Sa2VA.load(other)) {
      assertThatThrownBy(() -> model.withAdapter(adapter()))
          .isInstanceOf(ModelWeightsException.class)
          .hasMessageContaining("another model");
    }
  }

  @Test
  void withAdapter_otherRank_isRefused() throws IOException {
    Path config = copy().resolve(CONFIG);
    Files.writeString(config, Files.readString(config).replace("\"r\" : 4", "\"r\" : 8"));
    try (Sa2VA model = Sa2VA.load(BASE)) {
      assertThatThrownBy(() -> model.withAdapter(folder))
          .isInstanceOf(ModelWeightsException.class)
          .hasMessageContaining("lora_A")
          .hasMessageContaining("the base");
    }
  }

  @Test
  void withAdapter_damaged_isRefused() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(copy().resolve(WEIGHTS).toFile(), "rw")) {
      file.setLength(file.length() / 2);
    }
    try (Sa2VA model = Sa2VA.load(BASE)) {
      assertThatThrownBy(() -> model.withAdapter(folder))
          .isInstanceOf(ModelWeightsException.class)
          .hasMessageContaining("adapter_model.safetensors");
    }
  }

  @Test
  void withAdapter_noFolder_isRefused() {
    try (Sa2VA model = Sa2VA.load(BASE)) {
      assertThatThrownBy(() -> model.withAdapter(folder.resolve("nothing")))
          .isInstanceOf(ModelConfigException.class)
          .hasMessageContaining("adapter_config.json");
    }
  }
}
