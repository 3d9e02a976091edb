package io.sa2va.torch.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightStoreTest {
  /** Weights of the given rows, two columns wide, each filled with its number of rows. */
  private record Filled(Map<String, Long> rows) implements WeightSource {
    @Override
    public Set<String> names() {
      return rows.keySet();
    }

    @Override
    public boolean has(String name) {
      return rows.containsKey(name);
    }

    @Override
    public Tensor read(String name, long... shape) {
      if (!has(name)) {
        throw new WeightException("weight \"" + name + "\" is missing");
      }
      return Tensors.full(rows.get(name), DType.FLOAT32, Device.CPU, shape);
    }

    @Override
    public void close() {}
  }

  private static final Filled TWO = new Filled(Map.of("m.a.weight", 1L, "m.b.weight", 2L));

  @Test
  void getStacked_severalWeights_areOneTensorAndAllUsed() {
    try (TensorScope scope = TensorScope.open();
        WeightStore store = new WeightStore(TWO, Device.CPU, DType.BFLOAT16)) {
      Tensor stacked =
          store.root().at("m").getStacked(List.of("a.weight", "b.weight"), List.of(1L, 2L), 2);

      assertThat(stacked.dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(stacked.shape()).containsExactly(3, 2);
      assertThat(stacked.toFloatArray()).containsExactly(1, 1, 2, 2, 2, 2);
      assertThat(store.parameters()).isEqualTo(6);
      assertThat(store.bytes()).isEqualTo(12);
      store.requireAllUsed();
    }
  }

  @Test
  void getStacked_oneMissing_isNamed() {
    try (WeightStore store = new WeightStore(TWO, Device.CPU, DType.FLOAT32)) {
      Weights weights = store.root().at("m");
      assertThatThrownBy(() -> weights.getStacked(List.of("a.weight", "c.weight"), List.of(1L, 1L)))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("m.c.weight");
    }
  }

  @Test
  void isMapped_onlyWithoutConversion() {
    try (WeightStore same = new WeightStore(TWO, Device.CPU, DType.FLOAT32);
        WeightStore converted = new WeightStore(TWO, Device.CPU, DType.BFLOAT16)) {
      assertThat(same.root().isMapped("m.a.weight", 1, 2)).isTrue();
      assertThat(converted.root().isMapped("m.a.weight", 1, 2)).isFalse();
    }
  }
}
