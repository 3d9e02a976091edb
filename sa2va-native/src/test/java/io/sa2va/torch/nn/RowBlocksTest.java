package io.sa2va.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowBlocksTest {
  private static final long WIDE = 1 << 20;

  @Test
  void map_manyRows_isTheSameSomeAtATime() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = Tensors.randn(DType.FLOAT32, Device.CPU, 3, 5, 7);
      List<Long> rows = new ArrayList<>();
      Tensor mapped =
          RowBlocks.map(
              x,
              WIDE,
              some -> {
                rows.add(some.size(0));
                return some.narrow(-1, 0, 2).mul(2);
              });
      assertThat(rows).containsExactly(4L, 4L, 4L, 3L);
      assertThat(mapped.shape()).containsExactly(3, 5, 2);
      assertThat(mapped.toFloatArray()).isEqualTo(x.narrow(-1, 0, 2).mul(2).toFloatArray());
    }
  }

  @Test
  void map_fewRows_areGivenAsTheyAre() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x = Tensors.randn(DType.FLOAT32, Device.CPU, 2, 2, 3);
      assertThat(RowBlocks.map(x, WIDE, same -> same)).isSameAs(x);
    }
  }
}
