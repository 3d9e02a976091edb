package io.sa2va.torch.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightStoreTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeWeights() {
    try (TensorScope scope = TensorScope.open()) {
      SafetensorsWriter.write(
          folder.resolve("model.safetensors"),
          Map.of(
              "block.0.weight", Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
              "block.0.bias", Tensors.of(new float[] {1, 2}, 2).to(DType.BFLOAT16),
              "count", Tensors.of(new long[] {3}, 1)),
          Map.of());
    }
  }

  @Test
  void get_otherType_isConverted() {
    try (WeightStore store = open(DType.BFLOAT16)) {
      Tensor weight = store.root().at("block").at(0).get("weight", 2, 3);
      assertThat(weight.dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(weight.toFloatArray()).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(store.parameters()).isEqualTo(6);
      assertThat(store.bytes()).isEqualTo(12);
    }
  }

  @Test
  void get_missing_namesTheWeight() {
    try (WeightStore store = open(DType.FLOAT32)) {
      assertThatThrownBy(() -> store.root().at("block").at(1).get("weight", 2, 3))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("\"block.1.weight\" is missing");
    }
  }

  @Test
  void get_otherShape_namesWeightAndShapes() {
    try (WeightStore store = open(DType.FLOAT32)) {
      assertThatThrownBy(() -> store.root().at("block").at(0).get("weight", 3, 2))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("block.0.weight")
          .hasMessageContaining("[2, 3]")
          .hasMessageContaining("[3, 2]");
    }
  }

  @Test
  void get_wholeNumbers_isRefused() {
    try (WeightStore store = open(DType.FLOAT32)) {
      assertThatThrownBy(() -> store.root().get("count", 1))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("INT64");
    }
  }

  @Test
  void requireAllUsed_someLeft_namesThem() {
    try (WeightStore store = open(DType.FLOAT32)) {
      store.root().at("block").at(0).get("weight", 2, 3);
      store.root().ignore("count");
      assertThatThrownBy(store::requireAllUsed)
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("1 weights")
          .hasMessageContaining("block.0.bias");
      store.root().at("block").at(0).get("bias", 2);
      store.requireAllUsed();
    }
  }

  @Test
  void close_freesEverything() {
    open(DType.FLOAT32).close();
    long before = NativeMemory.liveObjects();
    WeightStore store = open(DType.FLOAT32);
    store.root().at("block").at(0).get("weight", 2, 3);
    store.close();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void emptyWeights_keepsWhatWasAskedFor() {
    EmptyWeights source = new EmptyWeights();
    try (WeightStore store = new WeightStore(source, Device.CPU, DType.FLOAT32)) {
      Tensor weight = store.root().at("huge").get("weight", 100_000, 100_000);
      assertThat(weight.device()).isEqualTo(Device.META);
      assertThat(store.parameters()).isEqualTo(10_000_000_000L);
      assertThat(source.asked()).containsEntry("huge.weight", List.of(100_000L, 100_000L));
    }
  }

  @Test
  void checkpointFiles_indexWithPaths_isRefused() throws IOException {
    Path index = folder.resolve("model.safetensors.index.json");
    for (String shard : List.of("../model.safetensors", "/etc/passwd", "a\\\\b", "..")) {
      Files.writeString(index, "{\"weight_map\": {\"x\": \"" + shard + "\"}}");
      assertThatThrownBy(() -> CheckpointFiles.in(folder))
          .as(shard)
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("plain file name");
    }
    Files.writeString(index, "{\"weight_map\": {\"x\": \"model-00001-of-00001.safetensors\"}}");
    assertThatThrownBy(() -> CheckpointFiles.in(folder))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("is missing");
    Files.writeString(index, "{\"weight_map\": {}}");
    assertThatThrownBy(() -> CheckpointFiles.in(folder))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("no shard");
  }

  private WeightStore open(DType dtype) {
    return new WeightStore(SafetensorsWeights.open(CheckpointFiles.in(folder)), Device.CPU, dtype);
  }
}
