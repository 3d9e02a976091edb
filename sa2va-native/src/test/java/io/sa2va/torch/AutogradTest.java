package io.sa2va.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AutogradTest {
  private static final float[][] ADAM_W = {
    {0.895f, -1.89f, 2.985f}, {0.797180f, -1.917111f, 2.895830f},
  };

  @Test
  void backward_scopesInBetweenClosed_givesTheGradient() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = parameter(1, -2, 3);
      Tensor sum;
      try (TensorScope inner = TensorScope.open()) {
        sum = inner.handUp(x.mul(x).mul(2).sum());
      }
      Autograd.backward(sum);
      assertThat(Autograd.gradient(x).orElseThrow().toFloatArray()).containsExactly(4, -8, 12);
    }
  }

  @Test
  void backward_twice_addsUpUntilCleared() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = parameter(1, -2, 3);
      Autograd.backward(x.mul(2).sum());
      Autograd.backward(x.mul(3).sum());
      assertThat(Autograd.gradient(x).orElseThrow().toFloatArray()).containsExactly(5, 5, 5);
      Autograd.clearGradient(x);
      assertThat(Autograd.gradient(x)).isEmpty();
    }
  }

  @Test
  void backward_gradientOfTheResult_isWeighted() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = parameter(1, -2, 3);
      Autograd.backward(x.mul(x), Tensors.of(new float[] {1, 1, 10}, 3));
      assertThat(Autograd.gradient(x).orElseThrow().toFloatArray()).containsExactly(2, -4, 60);
    }
  }

  @Test
  void gradient_parameterFreed_livesOn() {
    try (TensorScope scope = TensorScope.open()) {
      Kept gradient;
      try (TensorScope inner = TensorScope.open()) {
        Tensor x = parameter(1, -2, 3);
        Autograd.backward(x.mul(x).sum());
        gradient = Kept.of(Autograd.gradient(x).orElseThrow());
      }
      assertThat(gradient.tensor().toFloatArray()).containsExactly(2, -4, 6);
      gradient.close();
    }
  }

  @Test
  void detach_cutsTheWayBack() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = parameter(1, -2, 3);
      Tensor y = x.mul(2);
      assertThat(Autograd.requiresGradient(y)).isTrue();
      assertThat(Autograd.requiresGradient(Autograd.detach(y))).isFalse();
    }
  }

  @Test
  void noGrad_recordsNothingUntilClosed() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = parameter(1, -2, 3);
      try (NoGrad outer = NoGrad.begin()) {
        try (NoGrad inner = NoGrad.begin()) {
          assertThat(Autograd.requiresGradient(x.mul(2))).isFalse();
        }
        assertThat(Autograd.requiresGradient(x.mul(2))).isFalse();
      }
      assertThat(Autograd.requiresGradient(x.mul(2))).isTrue();
    }
  }

  @Test
  void backward_scopeClosed_leavesNothing() {
    step();
    long before = NativeMemory.liveObjects();
    step();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private static void step() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = parameter(1, -2, 3);
      Autograd.backward(x.mul(x).sum());
      assertThat(Autograd.gradient(x)).isPresent();
      Autograd.clearGradient(x);
    }
  }

  /** Expected values are those of torch.optim.AdamW. */
  @Test
  void adamW_twoSteps_areTorchs() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor parameter = parameter(1, -2, 3);
      Tensor mean = Tensors.zeros(DType.FLOAT32, Device.CPU, 3);
      Tensor square = Tensors.zeros(DType.FLOAT32, Device.CPU, 3);
      Optimization.AdamW settings = new Optimization.AdamW(0.1, 0.9, 0.99, 1e-8, 0.05);

      Tensor first = Tensors.of(new float[] {0.5f, -1, 0}, 3);
      Optimization.adamW(parameter, first, mean, square, 1, settings);
      assertThat(parameter.toFloatArray()).containsExactly(ADAM_W[0], within(1e-6f));

      Tensor second = Tensors.of(new float[] {0.25f, 2, 1e-3f}, 3);
      Optimization.adamW(parameter, second, mean, square, 2, settings);
      assertThat(parameter.toFloatArray()).containsExactly(ADAM_W[1], within(1e-6f));
    }
  }

  @Test
  void norm_severalTensors_isThatOfAllElements() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor a = Tensors.of(new float[] {3, 0, 0, 0}, 2, 2);
      Tensor b = Tensors.of(new float[] {4}, 1);
      assertThat(Optimization.norm(List.of(a, b))).isEqualTo(5, within(1e-6));
      assertThat(Optimization.norm(List.of())).isZero();
    }
  }

  private static Tensor parameter(float... values) {
    return Autograd.requireGradient(Tensors.of(values, values.length));
  }
}
