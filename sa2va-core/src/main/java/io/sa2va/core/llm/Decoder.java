package io.sa2va.core.llm;

import io.sa2va.torch.Carry;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The transformer of a language model: its layers and the norm after them. Where positions come
 * from, and what the vectors stand for, is the caller's business.
 *
 * <p>Immutable and thread-safe. Shapes: T positions, D width.
 */
public final class Decoder {
  private final LlmConfig config;
  private final List<DecoderLayer> layers;
  private final RmsNorm norm;
  private final Device device;
  private final DType cacheType;

  /** What happens to the hidden states between two layers. */
  @FunctionalInterface
  public interface BetweenLayers {
    /**
     * Changes the output of a layer.
     *
     * @param layer its index, from 0
     * @param hidden (1, T, D)
     */
    Tensor after(int layer, Tensor hidden);
  }

  /**
   * Reads the weights.
   *
   * @param weights where {@code parts} are read from: its device and type are the model's
   */
  public Decoder(LlmConfig config, LlmWeights parts, Weights weights) {
    this.config = config;
    this.layers = IntStream.range(0, config.layers()).mapToObj(parts::layer).toList();
    this.norm = parts.norm();
    this.device = weights.device();
    // On a CPU attention over a float32 cache is many times faster than over a shorter type.
    this.cacheType = device.isCpu() ? DType.FLOAT32 : weights.dtype();
  }

  /**
   * Continues what a cache holds.
   *
   * @param embeddings (1, T, D)
   * @param positions where those T are
   * @return hidden states after the final norm (1, T, D)
   */
  public Tensor forward(Tensor embeddings, KvCache cache, RotaryPositions positions) {
    return forward(embeddings, cache, positions, (layer, hidden) -> hidden);
  }

  /** The same, changing the output of each layer. */
  public Tensor forward(
      Tensor embeddings, KvCache cache, RotaryPositions positions, BetweenLayers between) {
    try (Carry hidden = Carry.of(embeddings)) {
      for (int i = 0; i < layers.size(); i++) {
        int layer = i;
        hidden.step(
            x -> between.after(layer, layers.get(layer).forward(x, positions, cache.layer(layer))));
      }
      cache.advance(embeddings.size(1));
      return norm.forward(hidden.tensor()); // (1, T, D)
    }
  }

  /** An empty cache for one request, to be closed by the caller. */
  public KvCache newCache(int capacity) {
    return new KvCache(config, capacity, device, cacheType);
  }
}
