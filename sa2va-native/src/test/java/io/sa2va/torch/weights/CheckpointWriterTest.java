package io.sa2va.torch.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointWriterTest {
  @TempDir Path folder;

  @Test
  void write_smallShards_givesFilesAndAnIndexThatAreReadBack() throws IOException {
    CheckpointWriter.write(folder, tensors(), 16);
    assertThat(CheckpointFiles.in(folder))
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "model-00001-of-00003.safetensors",
            "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors");
    assertThat(Files.readString(folder.resolve("model.safetensors.index.json")))
        .contains("\"total_size\":44", "\"large\":\"model-00002-of-00003.safetensors\"");
    assertReadBack();
  }

  @Test
  void write_roomForAll_givesOneFile() {
    CheckpointWriter.write(folder, tensors(), 44);
    assertThat(CheckpointFiles.in(folder)).containsExactly(folder.resolve("model.safetensors"));
    assertReadBack();
  }

  @Test
  void write_tensorOfAnotherShape_isRefusedByName() {
    Map<String, PendingTensor> wrong =
        Map.of(
            "a", new PendingTensor(DType.FLOAT32, List.of(2L), () -> Tensors.of(counting(3), 3)));
    assertThatThrownBy(() -> CheckpointWriter.write(folder, wrong, 100))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("\"a\"")
        .hasMessageContaining("FLOAT32[2]");
    assertThat(folder).isEmptyDirectory();
  }

  private static Map<String, PendingTensor> tensors() {
    Map<String, PendingTensor> tensors = new LinkedHashMap<>();
    tensors.put("first", pending(2L));
    tensors.put("second", pending(1L, 1L));
    tensors.put("large", pending(2L, 3L));
    tensors.put("last", pending(2L));
    return tensors;
  }

  private static PendingTensor pending(Long... shape) {
    long[] sizes = Arrays.stream(shape).mapToLong(Long::longValue).toArray();
    int values = (int) Arrays.stream(sizes).reduce(1, Math::multiplyExact);
    return new PendingTensor(
        DType.FLOAT32, List.of(shape), () -> Tensors.of(counting(values), sizes));
  }

  private static float[] counting(int values) {
    float[] counting = new float[values];
    for (int i = 0; i < values; i++) {
      counting[i] = i;
    }
    return counting;
  }

  private void assertReadBack() {
    try (SafetensorsWeights weights = SafetensorsWeights.open(CheckpointFiles.in(folder));
        TensorScope scope = TensorScope.open()) {
      assertThat(weights.names()).containsExactlyInAnyOrder("first", "second", "large", "last");
      assertThat(weights.view("large", 2, 3).toFloatArray()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(weights.view("last", 2).toFloatArray()).containsExactly(0, 1);
    }
  }

  @Test
  void write_overAnother_leavesOnlyTheNewOne() {
    CheckpointWriter.write(folder, Map.of("old", pending(5L)), 100);
    CheckpointWriter.write(folder, tensors(), 16);
    assertReadBack();
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
    CheckpointWriter.write(folder, Map.of("new", pending(5L)), 100);
    assertThat(CheckpointFiles.in(folder)).containsExactly(folder.resolve("model.safetensors"));
  }
}
