package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.PredictorFixture;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.EmptyWeights;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Sam2WeightsTest {
  private static final String PLACE = "grounding_encoder.sam2_model";

  static List<Path> fixtures() {
    List<Path> folders = new ArrayList<>(Sam2Fixture.folders());
    folders.add(Golden.folder("sa2va-i"));
    return folders;
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void constructor_checkpoint_takesEveryWeightOfItsPlace(Path folder) {
    try (Golden golden = Golden.at(folder);
        SafetensorsWeights files =
            SafetensorsWeights.open(CheckpointFiles.in(golden.checkpoint()));
        Sam2Fixture fixture = Sam2Fixture.at(folder)) {
      files.names().stream()
          .filter(name -> !name.startsWith(PLACE + "."))
          .forEach(fixture.store().root()::ignore);
      fixture.store().requireAllUsed();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sam2", "sam2.1"})
  void constructor_originalLayout_takesEveryWeight(String variant) {
    try (PredictorFixture fixture = PredictorFixture.of(variant)) {
      fixture.store().requireAllUsed();
    }
  }

  @Test
  void constructor_hieraLarge_hasAsManyWeightsAsThePublishedModel() {
    try (WeightStore store = new WeightStore(new EmptyWeights(), Device.CPU, DType.FLOAT32)) {
      new Sam2(Sam2Config.hieraLarge(), store.root().at(PLACE));
      // sam2_hiera_large.pt holds 224,430,386 values, 256 of them in no_mem_pos_enc, not read.
      assertThat(store.parameters()).isEqualTo(224_430_386 - 256);
    }
  }
}
