package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.WeightStore;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Layers on two devices, both of which are this CPU under two names. */
class LayerDevicesTest {
  private static final Device FIRST = Device.CPU;
  private static final Device SECOND = new Device(Device.Type.CPU, 1);

  private final List<Device> moves = new ArrayList<>();

  @Test
  void of_neighboursOnOneDevice_areOneRun() {
    LayerDevices devices = devices(FIRST, FIRST, SECOND, SECOND, SECOND);
    assertThat(devices.runs()).hasSize(2);
    assertThat(devices.of(1)).isEqualTo(FIRST);
    assertThat(devices.of(2)).isEqualTo(SECOND);
    assertThat(devices.of(4)).isEqualTo(SECOND);
    assertThat(devices.isOne()).isFalse();
    assertThat(devices(FIRST, FIRST).isOne()).isTrue();
    assertThat(devices(SECOND, SECOND).isOne()).isFalse();
  }

  @Test
  void forward_oneDevice_movesNothing() {
    requireSame(devices(FIRST, FIRST, FIRST));
    assertThat(moves).isEmpty();
  }

  @Test
  void forward_twoDevices_movesAtTheBorderAndBack() {
    requireSame(devices(FIRST, SECOND, SECOND));
    assertThat(moves).containsExactly(SECOND, FIRST);
  }

  @Test
  void forward_allOnAnother_movesThereAndBack() {
    requireSame(devices(SECOND, SECOND, SECOND));
    assertThat(moves).containsExactly(SECOND, FIRST);
  }

  @Test
  void forward_lastAtHomeAgain_movesAtEachBorder() {
    requireSame(devices(FIRST, SECOND, FIRST));
    assertThat(moves).containsExactly(SECOND, FIRST);
  }

  @Test
  void decodesInPlace_allOnOneGpu_only() {
    Device gpu = Device.cuda(0);
    Device other = Device.cuda(1);
    assertThat(decodesInPlace(gpu, gpu, gpu)).isTrue();
    assertThat(decodesInPlace(gpu, gpu, other)).isFalse();
    assertThat(decodesInPlace(gpu, other, gpu)).isFalse();
    assertThat(decodesInPlace(gpu, other, other)).isFalse();
    assertThat(decodesInPlace(Device.CPU, Device.CPU, Device.CPU)).isFalse();
  }

  private static boolean decodesInPlace(Device home, Device layer, Device head) {
    LayerDevices layers = LayerDevices.of(home, List.of(layer, layer), (hidden, device) -> hidden);
    return TransformerLm.decodesInPlace(layers, head);
  }

  private LayerDevices devices(Device... ofLayers) {
    return LayerDevices.of(
        FIRST,
        List.of(ofLayers),
        (hidden, device) -> {
          moves.add(device);
          return hidden.copy();
        });
  }

  private void requireSame(LayerDevices devices) {
    LlmConfig config = LlmConfig.of(InternVlModel.config("qwen2").object("llm_config"));
    assertThat(config.layers()).isEqualTo(3);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        Golden golden = Golden.of("qwen2");
        WeightStore store = golden.weights()) {
      Weights trunk = store.root().at("language_model.model");
      LlmWeights parts = config.architecture().weights(config, trunk, trunk);
      Tensor embeddings =
          parts.embedding().forward(golden.tensor("text_only.input_ids")).unsqueeze(0);
      Tensor split = forward(new Decoder(config, parts, trunk, devices), config, embeddings);
      Tensor whole = forward(new Decoder(config, parts, trunk), config, embeddings);
      assertThat(split.toFloatArray()).containsExactly(whole.toFloatArray());
    }
  }

  private static Tensor forward(Decoder decoder, LlmConfig config, Tensor embeddings) {
    LmInput input = LmInput.text(embeddings);
    Rope rope = new Rope(config.rope(), config.axes(), FIRST);
    try (KvCache cache = decoder.newCache(64)) {
      return decoder.forward(input, cache, rope.at(input.positions(), 0));
    }
  }
}
