package io.sa2va.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionalTest {
  /** Different kernels serve one row, few rows and many. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 1, 1e-5",
    "FLOAT32, 3, 1e-5",
    "BFLOAT16, 1, 0.1",
    "BFLOAT16, 2, 0.1",
    "BFLOAT16, 3, 0.1"
  })
  void linear_anyNumberOfRows_isTheProductPlusBias(DType dtype, long rows, double tolerance) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = Tensors.randn(DType.FLOAT32, Device.CPU, 1, rows, 24);
      Tensor weight = Tensors.randn(DType.FLOAT32, Device.CPU, 7, 24);
      Tensor bias = Tensors.randn(DType.FLOAT32, Device.CPU, 7);
      Tensor product = x.matmul(weight.transpose(0, 1));

      Tensor plain = Functional.linear(x.to(dtype), weight.to(dtype), Optional.empty());
      Tensor biased = Functional.linear(x.to(dtype), weight.to(dtype), Optional.of(bias.to(dtype)));

      assertThat(plain.shape()).containsExactly(1, rows, 7);
      assertThat(biased.shape()).containsExactly(1, rows, 7);
      assertClose(plain, product, tolerance);
      assertClose(biased, product.add(bias), tolerance);
    }
  }

  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.toFloatArray())
        .containsExactly(expected.toFloatArray(), within((float) tolerance));
  }
}
