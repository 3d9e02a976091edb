package io.sa2va.core.train.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Answer;
import io.sa2va.Image;
import io.sa2va.LoadOptions;
import io.sa2va.LoraOptions;
import io.sa2va.Sa2VA;
import io.sa2va.Training;
import io.sa2va.TrainingOptions;
import io.sa2va.TrainingRequest;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.scenes.SceneDataset;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.core.train.TrainableModel;
import io.sa2va.core.train.TrainingPlan;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaseCheckpointTest {
  private static final String TABLE = "language_model.model.embed_tokens.weight";

  @TempDir private Path folder;

  private Path complete(BareBase base) {
    Path target = folder.resolve("complete");
    BaseCheckpoint checkpoint = BaseCheckpoint.read(base.folder());
    assertThat(checkpoint.isComplete()).isFalse();
    checkpoint.complete(target, Optional.of(base.sam2()), 7);
    assertThat(BaseCheckpoint.read(target).isComplete()).isTrue();
    return target;
  }

  /** All weights are taken, so that each has the name and the shape that a Sa2VA wants. */
  private static void assertLoads(Path checkpoint) {
    TrainableModel.load(checkpoint, Device.CPU, DType.FLOAT32, TrainingPlan.everything(1)).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "internlm2"})
  void complete_internVl_hasTheTokensOfTheReference(String family) {
    Path target = complete(new BareBase(family, folder).asInternVl());
    Tokenizer expected = TokenizerReader.read(Golden.folder(family).resolve("checkpoint"));
    Tokenizer actual = TokenizerReader.read(target);
    for (String token : BaseCheckpoint.TOKENS) {
      assertThat(actual.idOf(token)).isNotEmpty().isEqualTo(expected.idOf(token));
      assertThat(actual.isSpecial(actual.idOf(token).getAsInt())).isTrue();
    }
    String text = "Sure, <p> it </p> is [SEG].<vp>";
    assertThat(actual.encode(text)).isEqualTo(expected.encode(text));
    ConfigNode config = ConfigNode.read(target.resolve("config.json"));
    assertThat(config.object("llm_config").integer("vocab_size", 1))
        .isEqualTo(expected.vocabularySize());
    assertLoads(target);
  }

  @Test
  void complete_newTokens_beginWithTheMeanOfTheOldRows() {
    Path target = complete(new BareBase("qwen2", folder).asInternVl());
    try (TensorScope scope = TensorScope.open();
        SafetensorsWeights written = SafetensorsWeights.open(CheckpointFiles.in(target));
        SafetensorsWeights before =
            SafetensorsWeights.open(CheckpointFiles.in(folder.resolve("bare")))) {
      Tensor old = before.view(TABLE, 712, 64).to(DType.FLOAT32);
      Tensor table = written.view(TABLE, 717, 64).to(DType.FLOAT32);
      assertThat(table.narrow(0, 0, 712).toFloatArray()).containsExactly(old.toFloatArray());
      float[] mean = old.mean(true, 0).to(DType.BFLOAT16).to(DType.FLOAT32).toFloatArray();
      for (int row = 712; row < 717; row++) {
        assertThat(table.narrow(0, row, 1).toFloatArray()).containsExactly(mean);
      }
    }
  }

  /** Qwen's own tables have more rows than there are tokens. */
  @Test
  void complete_tableWithSpareRows_isCutToTheTokens() {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    EditedCheckpoint original =
        EditedCheckpoint.copy("qwen2", folder.resolve("original")); // 717 rows for 712 tokens
    base.checkpoint()
        .weights(weights -> original.weights(all -> weights.put(TABLE, all.get(TABLE))));
    Path target = complete(base);
    assertThat(TokenizerReader.read(target).idOf("[SEG]")).hasValue(712);
    assertLoads(target);
  }

  @Test
  void complete_noProjector_beginsAsALinearLayerOfPyTorchFromTheSeed() {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    float[] first = projector(complete(base));
    Path again = folder.resolve("again");
    BaseCheckpoint.read(base.folder()).complete(again, Optional.of(base.sam2()), 7);
    Path other = folder.resolve("other");
    BaseCheckpoint.read(base.folder()).complete(other, Optional.of(base.sam2()), 8);
    assertThat(projector(again)).containsExactly(first);
    assertThat(projector(other)).isNotEqualTo(first);
    double bound = 1 / Math.sqrt(64);
    double square = 0;
    for (float value : first) {
      assertThat(value).isBetween((float) -bound, (float) bound);
      square += value * value;
    }
    // The variance of uniform values from -b to b is b² / 3.
    assertThat(square / first.length).isCloseTo(bound * bound / 3, within(0.05 * bound * bound));
  }

  private static float[] projector(Path checkpoint) {
    try (TensorScope scope = TensorScope.open();
        SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(checkpoint))) {
      return files.view("text_hidden_fcs.0.weight", 64, 64).toFloatArray();
    }
  }

  @Test
  void complete_publishedQwen25_becomesASa2va() {
    Path target = complete(new BareBase("qwen2_5vl", folder).asQwen25());
    ConfigNode config = ConfigNode.read(target.resolve("config.json"));
    assertThat(config.object("text_config").integer("vocab_size", 1)).isEqualTo(719);
    assertThat(config.text("model_type")).isEqualTo("sa2va_chat");
    assertLoads(target);
  }

  @Test
  void complete_sam2OfASa2vaCheckpoint_isTaken() {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    Path target = folder.resolve("complete");
    Path sa2va = Golden.folder("qwen2").resolve("checkpoint");
    BaseCheckpoint.read(base.folder()).complete(target, Optional.of(sa2va), 7);
    assertLoads(target);
  }

  @Test
  void requireSam2_none_saysWhatToName() {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    BaseCheckpoint checkpoint = BaseCheckpoint.read(base.folder());
    assertThatThrownBy(() -> checkpoint.requireSam2(Optional.empty()))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("sam2-hiera-large");
  }

  @Test
  void requireSam2_two_isRefused() {
    BaseCheckpoint whole = BaseCheckpoint.read(Golden.folder("qwen2").resolve("checkpoint"));
    assertThat(whole.isComplete()).isTrue();
    assertThatThrownBy(() -> whole.requireSam2(Optional.of(folder)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("beside the model's own");
  }

  @Test
  void read_languageModelAlone_isRefused() {
    BareBase base = new BareBase("qwen2", folder);
    base.checkpoint().config(config -> config.put("model_type", "qwen2"));
    assertThatThrownBy(() -> BaseCheckpoint.read(base.folder()))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("\"qwen2\"")
        .hasMessageContaining("internvl_chat");
  }

  @Test
  void read_quantized_isRefused() {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    base.checkpoint().config(config -> config.putObject("quantization_config").put("bits", 4));
    assertThatThrownBy(() -> BaseCheckpoint.read(base.folder()))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("quantized");
  }

  @Test
  void run_baseWithoutSa2vasParts_leavesAModelThatChats() throws IOException {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    SceneDataset.write(folder.resolve("data"), 3, 2, 64);
    Path out = folder.resolve("out");
    Path damaged = withoutAWeight(base.sam2());
    assertThatThrownBy(() -> Training.run(request(base, damaged, out).build()))
        .isInstanceOf(ModelWeightsException.class)
        .hasMessageContaining("no_mem_embed")
        .hasMessageContaining(damaged.toString());
    assertThat(out).isEmptyDirectory();
    TrainingRequest.Builder request = request(base, base.sam2(), out);
    Training.run(request.build());
    assertThat(Training.run(request.resume(true).build()).steps()).isEqualTo(1);
    assertThat(Files.exists(out.resolve("base.partial"))).isFalse();
    try (Sa2VA started = Sa2VA.load(out.resolve("base"));
        Sa2VA adapted = started.withAdapter(out.resolve("adapter"));
        Sa2VA merged = Sa2VA.load(out.resolve("model"))) {
      Image image = Image.read(Golden.folder("training").resolve("image.png"));
      Answer answer = merged.chat(image, "Please segment the red circle in this image.");
      assertThat(answer.rawText()).isNotEmpty();
      assertThat(adapted.chat(image, "Please segment the red circle in this image.").tokens())
          .isEqualTo(answer.tokens());
    }
    assertThat(TokenizerReader.read(out.resolve("model")).idOf("[SEG]")).hasValue(712);
  }

  private TrainingRequest.Builder request(BareBase base, Path sam2, Path out) {
    return TrainingRequest.builder(base.folder().toString(), folder.resolve("data").toString(), out)
        .loading(LoadOptions.of(options -> options.sam2Weights(sam2)))
        .options(
            TrainingOptions.of(
                options ->
                    options.steps(1).batchSize(1).accumulate(1).lora(new LoraOptions(2, 4, 0.05))));
  }

  private Path withoutAWeight(Path sam2) throws IOException {
    Path damaged = Files.createDirectory(folder.resolve("damaged"));
    Files.copy(sam2, damaged.resolve("model.safetensors"));
    EditedCheckpoint.of(damaged).weights(weights -> weights.remove("no_mem_embed"));
    return damaged;
  }

  @Test
  void run_baseOfNoRun_isRefusedAndKept() throws IOException {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    SceneDataset.write(folder.resolve("data"), 3, 2, 64);
    Path other = Files.createDirectories(folder.resolve("out/base"));
    TrainingRequest request = request(base, base.sam2(), folder.resolve("out")).build();
    assertThatThrownBy(() -> Training.run(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(other.toString());
    assertThat(other).isEmptyDirectory();
    assertThat(folder.resolve("out/run.json")).doesNotExist();
  }

  @Test
  void complete_leftoversOfAKilledRun_areNotBuiltOn() throws IOException {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    Files.move(complete(base), folder.resolve("complete.partial"));
    Files.createFile(folder.resolve("complete.partial/left"));
    Path target = complete(base);
    assertThat(TokenizerReader.read(target).idOf("[SEG]")).hasValue(712);
    assertThat(target.resolve("left")).doesNotExist();
  }

  @Test
  void complete_languageModelIsNoObject_isRefusedByNameAndLeavesNothing() {
    BareBase base = new BareBase("qwen2", folder);
    base.checkpoint().config(config -> config.put("text_config", 5));
    BaseCheckpoint checkpoint = BaseCheckpoint.read(base.folder());
    assertThatThrownBy(
            () -> checkpoint.complete(folder.resolve("new"), Optional.of(base.sam2()), 7))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining(base.folder().resolve("config.json").toString())
        .hasMessageContaining("\"text_config\"");
    assertThat(folder).isDirectoryNotContaining("glob:**/new*");
  }

  @Test
  void run_baseWithoutSam2_isRefusedBeforeAnythingIsWritten() {
    BareBase base = new BareBase("qwen2", folder).asInternVl();
    Path out = folder.resolve("out");
    TrainingRequest request =
        TrainingRequest.builder(base.folder().toString(), "scenes", out).build();
    assertThatThrownBy(() -> Training.run(request)).isInstanceOf(InvalidRequestException.class);
    assertThat(List.of(folder.toFile().list())).doesNotContain("out");
  }
}
