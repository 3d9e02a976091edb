package io.sa2va.torch.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Functional;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationMethodTest {
  static Stream<QuantizationMethod> all() {
    return Stream.of(
        QuantizationMethod.int8(), QuantizationMethod.int4(32), QuantizationMethod.int4(128));
  }

  @ParameterizedTest
  @MethodSource("all")
  void dequantize_ofQuantized_isHalfAStepOff(QuantizationMethod quantization) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor matrix = random(7, 256);
      List<Tensor> parts = quantization.quantize(matrix);
      Tensor back = quantization.dequantize(parts, DType.FLOAT32);
      Tensor scale = parts.get(1).to(DType.FLOAT32).reshape(7, -1, 1);
      Tensor steps = back.sub(matrix).unflatten(1, scale.size(1), -1).div(scale);
      // The scale and the minimum of 4 bits are bfloat16 themselves: a code at the rim may be cut.
      assertThat(steps.abs().amax(false, 0, 1, 2).item())
          .isLessThan(quantization.bits() == 8 ? 0.501 : 0.58);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void quantize_anyMatrix_hasTheDeclaredParts(QuantizationMethod quantization) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> parts = quantization.quantize(random(5, 256));
      List<QuantizationMethod.Part> declared = quantization.parts(5, 256);
      for (int i = 0; i < declared.size(); i++) {
        assertThat(parts.get(i).dtype()).isEqualTo(declared.get(i).dtype());
        assertThat(parts.get(i).shape()).isEqualTo(declared.get(i).shapeArray());
      }
      assertThat(parts).hasSameSizeAs(declared);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void multiply_fewAndManyRows_isTheProductOfTheDequantized(QuantizationMethod quantization) {
    for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
      for (long rows : new long[] {1, 2, 33, 200}) {
        assertThat(productError(quantization, dtype, rows, 37, 256))
            .as("%s, %s, %d rows", quantization, dtype, rows)
            .isLessThan(0.015);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void multiply_largerThanTheCache_isTheProductOfTheDequantized(QuantizationMethod quantization) {
    assertThat(productError(quantization, DType.FLOAT32, 70, 1300, 1152)).isLessThan(0.015);
  }

  /** Of rows that differ a thousandfold in size, as the tokens of a prompt do. */
  private static double productError(
      QuantizationMethod quantization, DType dtype, long rows, long outputs, long inputs) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> parts = quantization.quantize(random(outputs, inputs));
      Tensor sizes = Tensors.arange(rows, DType.FLOAT32, Device.CPU).view(rows, 1).mul(5).add(0.01);
      Tensor x = random(rows, inputs).mul(sizes).view(1, rows, inputs).to(dtype);
      try (QuantizedMatrix matrix = quantization.matrix(parts, dtype)) {
        Tensor product = matrix.multiply(x);
        assertThat(product.dtype()).isEqualTo(dtype);
        assertThat(product.shape()).containsExactly(1, rows, outputs);
        Tensor dense = quantization.dequantize(parts, DType.FLOAT32);
        Tensor expected = Functional.linear(x.to(DType.FLOAT32), dense, Optional.empty());
        Tensor error = norms(product.to(DType.FLOAT32).sub(expected)).div(norms(expected));
        return error.amax(false, 1).item();
      }
    }
  }

  /** Of each row: (1, M, N) → (1, M). */
  private static Tensor norms(Tensor x) {
    return x.mul(x).sum(false, 2).sqrt();
  }

  @ParameterizedTest
  @MethodSource("all")
  void multiply_zeros_isZero(QuantizationMethod quantization) {
    try (TensorScope scope = TensorScope.open();
        QuantizedMatrix matrix =
            matrix(quantization, Tensors.zeros(DType.FLOAT32, Device.CPU, 16, 256))) {
      Tensor x = Tensors.zeros(DType.FLOAT32, Device.CPU, 2, 256);
      assertThat(matrix.multiply(x).toFloatArray()).containsOnly(0);
      assertThat(matrix.multiply(random(2, 256)).abs().amax(false, 0, 1).item()).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void close_aMatrix_freesItAndRefusesProducts(QuantizationMethod quantization) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = random(1, 256);
      Tensor values = random(16, 256);
      matrix(quantization, values).close();
      long before = NativeMemory.liveObjects();
      QuantizedMatrix matrix = matrix(quantization, values);
      matrix.close();
      assertThat(NativeMemory.liveObjects()).isEqualTo(before);
      assertThatThrownBy(() -> matrix.multiply(x)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void bytes_ofAMatrix_countWhatIsKept() {
    assertThat(QuantizationMethod.int8().bytes(64, 256, DType.BFLOAT16))
        .isEqualTo(64 * 256 + 64 * 4);
    assertThat(QuantizationMethod.int4(128).bytes(64, 256, DType.BFLOAT16))
        .isEqualTo(64 * 128 + 64 * 2 * 4);
    assertThat(QuantizationMethod.int4(128).bytes(64, 256, DType.FLOAT32))
        .isEqualTo(64 * 128 + 64 * 2 * 8);
  }

  @Test
  void fits_columns_areWholeGroups() {
    assertThat(QuantizationMethod.int8().fits(33)).isTrue();
    assertThat(QuantizationMethod.int4(32).fits(96)).isTrue();
    assertThat(QuantizationMethod.int4(128).fits(96)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 48, 512})
  void int4_otherGroup_isRefused(int group) {
    assertThatThrownBy(() -> QuantizationMethod.int4(group))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32, 64, 128 or 256");
  }

  private static QuantizedMatrix matrix(QuantizationMethod quantization, Tensor values) {
    try (TensorScope scope = TensorScope.open()) {
      return quantization.matrix(quantization.quantize(values), DType.FLOAT32);
    }
  }

  private static Tensor random(long... shape) {
    Tensors.manualSeed(1);
    return Tensors.randn(DType.FLOAT32, Device.CPU, shape);
  }
}
