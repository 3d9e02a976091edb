package io.sa2va.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.LoadOptions;
import io.sa2va.Sa2VA;
import io.sa2va.core.engine.BundledModel;
import io.sa2va.core.zoo.ZooModel;
import io.sa2va.torch.DType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticCheckpointTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"BFLOAT16, 100000", "FLOAT32, 1000000000"})
  void write_smallModel_loadsAndAnswers(DType dtype, long shardBytes) throws IOException {
    ZooModel model = smallModel();
    new RandomCheckpoint(dtype, shardBytes, 1).write(model, BundledModel.folder(), folder);
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

  @Test
  void write_sameSeed_sameBytes() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    for (Path each : new Path[] {first, second}) {
      new RandomCheckpoint(DType.BFLOAT16, 1L << 30, 7)
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
