package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {
  @ParameterizedTest
  @CsvSource({"6, 20", "20, 6", "12, 12"})
  void orthogonal_anyMatrix_stretchesNoDirectionMuchMoreThanAnother(long rows, long columns) {
    try (TensorScope scope = TensorScope.open()) {
      Tensors.manualSeed(3);
      Tensor matrix = Tensors.randn(DType.FLOAT32, Device.CPU, rows, columns);
      Tensor direction = Muon.orthogonal(matrix); // (rows, columns)
      Tensor wide = rows > columns ? direction.transpose(0, 1) : direction;
      Tensor product = wide.matmul(wide.transpose(0, 1)); // nearly the identity
      long side = Math.min(rows, columns);
      float[] values = product.contiguous().toFloatArray();
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < side; j++) {
          assertThat((double) values[(int) (i * side + j)])
              .isBetween(i == j ? 0.3 : -0.45, i == j ? 1.5 : 0.45);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1e-6", "1", "1e6"})
  void step_gradientOfAnySize_changesValuesByTheLearningRate(double gradientSize) {
    try (TensorScope scope = TensorScope.open();
        Muon muon = new Muon(0.5, 0)) {
      Tensors.manualSeed(4);
      Tensor start = Tensors.randn(DType.FLOAT32, Device.CPU, 8, 16);
      try (Parameter parameter = new Parameter("w", start.copy(), Device.CPU, DType.FLOAT32)) {
        parameter.addGradient(Tensors.randn(DType.FLOAT32, Device.CPU, 8, 16).mul(gradientSize));
        muon.step(parameter, 0.1);
        Tensor change = parameter.values().sub(start);
        double size = Math.sqrt(change.mul(change).sum().item() / change.numel());
        assertThat(size).isBetween(0.5 * 0.1 * 0.5, 0.5 * 0.1 * 1.2);
      }
    }
  }
}
