package io.sa2va.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.testing.Golden;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.WeightException;
import io.sa2va.torch.weights.WeightStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegProjectorTest {
  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms", "internlm2"})
  void forward_hiddenStates_givesTheReferencesPrompts(String family) {
    try (TensorScope scope = TensorScope.open();
        Golden golden = Golden.of(family);
        WeightStore store = golden.weights()) {
      SegProjector projector = new SegProjector(64, 32, store.root().at("text_hidden_fcs"));
      golden.assertClose(
          projector.forward(golden.tensor("image_segment.seg_hidden")),
          "image_segment.seg_prompt",
          1e-5);
    }
  }

  @Test
  void forward_noObjects_givesNone() {
    try (TensorScope scope = TensorScope.open();
        Golden golden = Golden.of("qwen2");
        WeightStore store = golden.weights()) {
      SegProjector projector = new SegProjector(64, 32, store.root().at("text_hidden_fcs"));
      assertThat(projector.forward(Tensors.zeros(DType.FLOAT32, Device.CPU, 0, 64)).shape())
          .containsExactly(0, 32);
    }
  }

  @Test
  void new_otherWidth_namesTheWeight() {
    try (Golden golden = Golden.of("qwen2");
        WeightStore store = golden.weights()) {
      assertThatThrownBy(() -> new SegProjector(64, 256, store.root().at("text_hidden_fcs")))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("text_hidden_fcs.2.weight");
    }
  }
}
