package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Sa2VA;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BundledModelTest {
  @Test
  void folder_askedTwice_isOneCheckpoint() {
    Path folder = BundledModel.folder();
    assertThat(folder.resolve("config.json")).isRegularFile();
    assertThat(folder.resolve("model.safetensors")).isRegularFile();
    assertThat(BundledModel.folder()).isEqualTo(folder);
  }

  @Test
  void folder_copyWasDeleted_isMadeAnew() throws Exception {
    Path folder = BundledModel.folder();
    Files.delete(folder.resolve("config.json"));
    assertThat(BundledModel.folder()).isNotEqualTo(folder);
    assertThat(BundledModel.folder().resolve("config.json")).isRegularFile();
  }

  @Test
  void loadBundled_anywhere_answers() {
    try (Sa2VA model = Sa2VA.loadBundled(options -> options.threads(1))) {
      assertThat(model.info().parameterCount()).isPositive();
      assertThat(model.chat("What is 3.14?").tokens()).isNotEmpty();
    }
  }
}
