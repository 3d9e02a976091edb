package io.sa2va.core.sam2.hiera;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowPartitionTest {
  @ParameterizedTest
  @CsvSource({"4, 8, 8", "4, 8, 12", "6, 8, 8", "8, 5, 3", "1, 3, 2", "7, 14, 15"})
  void unpartition_partitioned_isTheGrid(long window, long height, long width) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor grid = Tensors.randn(DType.FLOAT32, Device.CPU, 2, height, width, 3);
      WindowPartition windows = new WindowPartition(window, height, width);
      Tensor back = windows.unpartition(windows.partition(grid));
      assertThat(back.shape()).containsExactly(grid.shape());
      assertThat(back.toFloatArray()).containsExactly(grid.toFloatArray());
    }
  }

  @Test
  void partition_undividedGrid_padsRightAndBottomWithZeros() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor grid = Tensors.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 3, 3, 1);
      Tensor windows = new WindowPartition(2, 3, 3).partition(grid);
      assertThat(windows.shape()).containsExactly(4, 2, 2, 1);
      assertThat(windows.toFloatArray())
          .containsExactly(1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0);
    }
  }
}
