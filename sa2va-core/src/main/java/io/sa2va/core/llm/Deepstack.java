package io.sa2va.core.llm;

import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import java.util.List;

/**
 * Adds finer vision features to the image tokens after each of the first layers.
 *
 * <p>Source: DeepStack (arXiv 2406.04334), {@code _deepstack_process} in modeling_qwen3_vl.py.
 *
 * @param places of the n image tokens among the T, on the model's device
 * @param features for each of the first layers (n, D), in the model's type
 */
public record Deepstack(Tensor places, List<Tensor> features) implements Decoder.BetweenLayers {
  public Deepstack {
    features = List.copyOf(features);
  }

  @Override
  public Tensor after(int layer, Tensor hidden) {
    if (layer >= features.size()) {
      return hidden;
    }
    Device device = hidden.device(); // the layer's, of a model on several
    Tensor there = places.to(device);
    Tensor seen = hidden.indexSelect(1, there).add(features.get(layer).to(device)); // (1, n, D)
    return hidden.indexCopyInPlace(1, there, seen); // (1, T, D)
  }
}
