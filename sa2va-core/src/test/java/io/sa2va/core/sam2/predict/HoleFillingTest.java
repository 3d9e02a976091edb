package io.sa2va.core.sam2.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.api.Test;

class HoleFillingTest {
  @Test
  void fill_holesOfSeveralSizes_fillsTheSmallOnes() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor masks =
          Tensors.of(
              new float[] {
                1, 1, 1, 1, 1, 1,
                1, -5, 1, 1, 1, 1,
                1, 1, 0, 1, -5, -5,
                1, 1, 1, 1, -5, 1
              },
              1,
              1,
              4,
              6);
      assertThat(HoleFilling.fill(masks, 2).toFloatArray())
          .containsExactly(
              1, 1, 1, 1, 1, 1, //
              1, 0.1f, 1, 1, 1, 1, //
              1, 1, 0.1f, 1, -5, -5, //
              1, 1, 1, 1, -5, 1);
    }
  }

  @Test
  void fill_severalObjects_areSeparate() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor masks = Tensors.of(new float[] {1, 1, -1, -1, 2, 2}, 2, 1, 1, 3);
      assertThat(HoleFilling.fill(masks, 1).toFloatArray()).containsExactly(1, 1, 0.1f, 0.1f, 2, 2);
    }
  }
}
