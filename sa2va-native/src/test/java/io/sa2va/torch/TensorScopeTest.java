package io.sa2va.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TensorScopeTest {
  @Test
  void close_freesWhatItOwns() {
    warmUp();
    long before = NativeMemory.liveObjects();
    try (TensorScope scope = TensorScope.open()) {
      Tensors.zeros(DType.FLOAT32, Device.CPU, 2, 3).add(1).mul(2);
      assertThat(NativeMemory.liveObjects()).isGreaterThan(before);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void handUp_innerScopeClosed_tensorLivesInOuter() {
    warmUp();
    long before = NativeMemory.liveObjects();
    try (TensorScope outer = TensorScope.open()) {
      Tensor result;
      try (TensorScope inner = TensorScope.open()) {
        result = inner.handUp(Tensors.of(new float[] {1, 2}, 2).add(1));
      }
      assertThat(result.toFloatArray()).containsExactly(2, 3);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void handUp_noEnclosingScope_isRefused() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = Tensors.of(new float[] {1}, 1);
      assertThatThrownBy(() -> scope.handUp(tensor)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void kept_scopeClosed_tensorLivesUntilClosed() {
    warmUp();
    long before = NativeMemory.liveObjects();
    Kept kept;
    try (TensorScope scope = TensorScope.open()) {
      kept = Kept.of(Tensors.of(new float[] {1, 2}, 2).mul(3));
    }
    assertThat(kept.tensor().toFloatArray()).containsExactly(3, 6);
    kept.close();
    kept.close();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    assertThatThrownBy(kept::tensor).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void operation_noScopeOpen_isRefusedAndLeavesNothing() {
    long before = NativeMemory.liveObjects();
    assertThatThrownBy(() -> Tensors.zeros(DType.FLOAT32, Device.CPU, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TensorScope");
    assertThatThrownBy(() -> Tensors.of(new float[1], 1)).isInstanceOf(IllegalStateException.class);
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void close_outOfOrder_isRefused() {
    try (TensorScope outer = TensorScope.open();
        TensorScope inner = TensorScope.open()) {
      assertThatThrownBy(outer::close).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void inference_insideScopes_leavesNothing() {
    warmUp();
    long before = NativeMemory.liveObjects();
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Tensors.of(new float[] {1}, 1).add(1);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private static void warmUp() {
    try (TensorScope scope = TensorScope.open()) {
      Tensors.of(new float[] {1}, 1).add(1).toFloatArray();
    }
  }
}
