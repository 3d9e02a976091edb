package io.sa2va.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.DType;
import io.sa2va.LoadOptions;
import io.sa2va.LoraOptions;
import io.sa2va.Quantization;
import io.sa2va.Sa2VA;
import io.sa2va.Training;
import io.sa2va.TrainingOptions;
import io.sa2va.TrainingRequest;
import io.sa2va.TrainingResult;
import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.scenes.SceneDataset;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.error.ModelWeightsException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingServiceTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeData() {
    SceneDataset.write(folder.resolve("data"), 3, 2, 64);
  }

  private TrainingRequest request(boolean resume, Consumer<TrainingOptions.Builder> more) {
    TrainingOptions.Builder options =
        TrainingOptions.builder()
            .steps(2)
            .batchSize(1)
            .accumulate(1)
            .lora(new LoraOptions(2, 4, 0.05));
    more.accept(options);
    return TrainingRequest.builder(
            BundledModel.folder().toString(),
            folder.resolve("data").toString(),
            folder.resolve("out"))
        .validationData(folder.resolve("data").toString())
        .resume(resume)
        .options(options.build())
        .build();
  }

  @Test
  void run_fineTuneData_leavesModelAdapterLogAndPicture() {
    TrainingResult result = Training.run(request(false, options -> {}));
    Path out = folder.resolve("out");
    assertThat(result).isEqualTo(new TrainingResult(2, false, 0));
    assertThat(out.resolve("log.jsonl")).content().hasLineCount(3).contains("\"validation\"");
    assertThat(out.resolve("loss.png")).isNotEmptyFile();
    try (Sa2VA base = Sa2VA.loadBundled();
        Sa2VA adapted = base.withAdapter(out.resolve("adapter"));
        Sa2VA merged = Sa2VA.load(out.resolve("model"))) {
      assertThat(adapted.info().parameterCount()).isEqualTo(merged.info().parameterCount());
    }
  }

  @Test
  void run_folderWithARun_isRefusedUnlessResumedWithTheSame() {
    Training.run(request(false, options -> {}));
    assertThatThrownBy(() -> Training.run(request(false, options -> {})))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("resume");
    assertThatThrownBy(() -> Training.run(request(true, options -> options.seed(5))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("seed = 0");
    assertThat(Training.run(request(true, options -> {})).steps()).isEqualTo(2);
    assertThat(folder.resolve("out/log.jsonl")).content().hasLineCount(3);
  }

  @Test
  void run_full_leavesNoAdapter() {
    Training.run(request(false, TrainingOptions.Builder::full));
    assertThat(folder.resolve("out/model/model.safetensors")).exists();
    assertThat(folder.resolve("out/adapter")).doesNotExist();
  }

  @Test
  void run_noModel_isRefusedBeforeAnythingIsWritten() {
    TrainingRequest request =
        TrainingRequest.builder("/nowhere/model", "scenes", folder.resolve("out")).build();
    assertThatThrownBy(() -> Training.run(request)).isInstanceOf(ModelNotFoundException.class);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void run_float16_isRefused() {
    TrainingRequest request =
        TrainingRequest.builder("model", "scenes", folder.resolve("out"))
            .loading(LoadOptions.of(options -> options.dtype(DType.FLOAT16)))
            .build();
    assertThatThrownBy(() -> Training.run(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("bfloat16");
  }

  @Test
  void run_quantized_isRefused() {
    TrainingRequest request =
        TrainingRequest.builder("model", "scenes", folder.resolve("out"))
            .loading(LoadOptions.of(options -> options.quantization(Quantization.INT8)))
            .build();
    assertThatThrownBy(() -> Training.run(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("without quantization");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void run_modelThatDoesNotLoad_leavesAFolderToTryAgainIn() {
    EditedCheckpoint damaged = EditedCheckpoint.copy("qwen2", folder.resolve("damaged"));
    damaged.weights(weights -> weights.remove("text_hidden_fcs.2.bias"));
    TrainingRequest request =
        TrainingRequest.builder(
                damaged.folder().toString(),
                folder.resolve("data").toString(),
                folder.resolve("out"))
            .build();
    assertThatThrownBy(() -> Training.run(request))
        .isInstanceOf(ModelWeightsException.class)
        .hasMessageContaining("text_hidden_fcs.2.bias");
    assertThat(folder.resolve("out")).isEmptyDirectory();
    assertThat(folder.resolve("damaged/config.json")).exists();
  }
}
