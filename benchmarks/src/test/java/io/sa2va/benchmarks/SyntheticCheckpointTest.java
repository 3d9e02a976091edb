package io.sa2va.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.LoadOptions;
import io.sa2va.Sa2VA;
import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.family.Family;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.zoo.ZooModel;
import io.sa2va.torch.DType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticCheckpointTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"BFLOAT16, 100000", "FLOAT32, 1000000000"})
  void write_smallModel_loadsAndAnswers(DType dtype, long shardBytes) throws IOException {
    ZooModel model = smallModel();
    new RandomCheckpoint(dtype, shardBytes, 1, 0).write(model, BundledModel.folder(), folder);
    LoadOptions options =
        LoadOptions.builder()
            .dtype(io.sa2va.DType.parse(dtype.name().toLowerCase(Locale.ROOT)))
            .build();
    try (Sa2VA sa2va = Sa2VA.load(folder.toString(), options)) {
      assertThat(sa2va.info().parameterCount()).isEqualTo(model.parameters());
      Answer answer =
          sa2va.chat(
              ChatRequest.builder()
                  .image(Image.of(new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB)))
                  .prompt("Please segment the cat.")
                  .generation(generation -> generation.maxNewTokens(4))
                  .build());
      assertThat(answer.tokens()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bfloat16", "float32"})
  void write_smallModel_activationsStayFinite(String dtype) throws IOException {
    new RandomCheckpoint(DType.FLOAT32, 1L << 30, 2, 0)
        .write(smallModel(), BundledModel.folder(), folder);
    BenchmarkModel which = new BenchmarkModel();
    which.model = folder.toString();
    which.device = "cpu";
    which.dtype = dtype;
    try (BenchmarkModel.Opened model = which.open()) {
      Family family = model.family();
      Sam2 sam2 = model.parts().sam2();
      Timed.requireFinite(
          "vision", () -> family.encodePicture(Pictures.pixels(96, 64), List.of()).features());
      Timed.requireFinite(
          "masks",
          () ->
              sam2.decode(
                      sam2.encode(model.random(1, 3, sam2.imageSize(), sam2.imageSize())),
                      model.random(2, sam2.hiddenDim()))
                  .masks());
    }
  }

  @Test
  void write_withObjects_answersSegmentThem() throws IOException {
    new RandomCheckpoint(DType.FLOAT32, 1L << 30, 3, 3)
        .write(smallModel(), BundledModel.folder(), folder);
    try (Sa2VA sa2va = Sa2VA.load(folder.toString())) {
      Answer answer =
          sa2va.chat(
              ChatRequest.builder()
                  .image(Image.of(new BufferedImage(96, 64, BufferedImage.TYPE_INT_RGB)))
                  .prompt("Please segment the cat.")
                  .generation(generation -> generation.maxNewTokens(FixedAnswer.TOKENS))
                  .build());
      assertThat(answer.tokens()).hasSize(FixedAnswer.TOKENS);
      assertThat(answer.segments()).hasSize(3);
    }
  }

  @Test
  void write_sameSeed_sameBytes() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (Path each : new Path[] {first, second}) {
      new RandomCheckpoint(DType.BFLOAT16, 1L << 30, 7, 0)
          .write(smallModel(), BundledModel.folder(), each);
    }
    assertThat(first.resolve("model.safetensors"))
        .hasSameBinaryContentAs(second.resolve("model.safetensors"));
  }

  @Test
  void run_badUsage_isTwo() {
    String tokenizer = BundledModel.folder().toString();
    String target = folder.resolve("new").toString();
    assertThat(SyntheticCheckpoint.run()).isEqualTo(2);
    assertThat(SyntheticCheckpoint.run("Sa2VA-5B", target, "--tokenizer", tokenizer)).isEqualTo(2);
    assertThat(SyntheticCheckpoint.run("Sa2VA-1B", target, "--tokenizer", target)).isEqualTo(2);
    assertThat(SyntheticCheckpoint.run("Sa2VA-1B", tokenizer, "--tokenizer", tokenizer))
        .isEqualTo(2);
    assertThat(
            SyntheticCheckpoint.run(
                "Sa2VA-1B", target, "--tokenizer", tokenizer, "--dtype", "int8"))
        .isEqualTo(2);
    assertThat(folder.resolve("new")).doesNotExist();
  }

  private static ZooModel smallModel() throws IOException {
    return new ZooModel(
        "test/small",
        "InternVL",
        Set.of(),
        Files.readString(BundledModel.folder().resolve("config.json")));
  }
}
