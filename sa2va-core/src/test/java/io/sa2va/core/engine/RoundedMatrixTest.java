package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.Golden;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundedMatrixTest {
  private static final String PLACE = "language_model.model.layers.0.self_attn.";

  @Test
  void part_allOfAMatrix_roundsItOnceAndFreesIt() {
    List<String> calls = new ArrayList<>();
    long before = NativeMemory.liveObjects();
    try (SafetensorsWeights files =
            SafetensorsWeights.open(
                CheckpointFiles.in(Golden.folder("qwen2").resolve("checkpoint")));
        RoundedMatrix rounded = new RoundedMatrix(files, recording(calls));
        TensorScope scope = TensorScope.open()) {
      assertThat(rounded.part(PLACE + "o_proj.weight", 0).shape()).containsExactly(64, 64);
      assertThat(rounded.part(PLACE + "o_proj.weight", 1).shape()).containsExactly(64);
      assertThat(calls).containsExactly("quantize");
      assertThat(rounded.part(PLACE + "q_proj.weight", 0).shape()).containsExactly(64, 64);
      assertThat(calls).containsExactly("quantize", "quantize");
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private static QuantizationMethod recording(List<String> calls) {
    QuantizationMethod method = QuantizationMethod.int8();
    return (QuantizationMethod)
        Proxy.newProxyInstance(
            QuantizationMethod.class.getClassLoader(),
            new Class<?>[] {QuantizationMethod.class},
            (proxy, called, arguments) -> {
              calls.add(called.getName());
              return called.invoke(method, arguments);
            });
  }
}
