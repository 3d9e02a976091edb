package io.sa2va.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CarryTest {
  @Test
  void step_manyTimes_holdsOneTensorOnly() {
    try (TensorScope scope = TensorScope.open();
        Carry carry = Carry.of(Tensors.zeros(DType.FLOAT32, Device.CPU, 2))) {
      carry.step(x -> x.add(1).mul(2));
      long after = NativeMemory.liveObjects();
      for (int i = 0; i < 10; i++) {
        carry.step(x -> x.add(1).mul(2));
      }
      assertThat(NativeMemory.liveObjects()).isEqualTo(after);
      assertThat(carry.tensor().toFloatArray()).containsExactly(4094, 4094);
    }
  }

  @Test
  void step_returningItsInput_keepsIt() {
    try (TensorScope scope = TensorScope.open();
        Carry carry = Carry.of(Tensors.of(new float[] {3}, 1))) {
      carry.step(x -> x);
      carry.step(x -> x);
      assertThat(carry.tensor().item()).isEqualTo(3);
    }
  }

  @Test
  void step_failing_keepsThePreviousTensor() {
    try (TensorScope scope = TensorScope.open();
        Carry carry = Carry.of(Tensors.of(new float[] {3}, 1))) {
      assertThatThrownBy(() -> carry.step(x -> x.view(2))).isInstanceOf(RuntimeException.class);
      assertThat(carry.tensor().item()).isEqualTo(3);
    }
  }
}
