package io.sa2va.core.llm;

import io.sa2va.torch.Carry;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The layers of a language model. What the vectors stand for is the caller's business.
 *
 * <p>Immutable and thread-safe. Shapes: T positions, D width.
 */
public final class Decoder {
  private final LlmConfig config;
  private final List<DecoderLayer> layers;
  private final Device device;
  private final DType cacheType;

  /** What happens to the hidden states between two layers. */
  @FunctionalInterface
  public interface BetweenLayers {
    /**
     * Changes the output of a layer.
     *
     * @param layer its index, from 0
     * @param hidden (1, T, D), which may be written to
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
    this.device = weights.device();
    // On a CPU attention over a float32 cache is many times faster than over a shorter type.
    this.cacheType = device.isCpu() ? DType.FLOAT32 : weights.dtype();
  }

  /**
   * Continues what a cache holds.
   *
   * @param rotations of the input's T positions
   * @return what the last layer gives (1, T, D)
   */
  public Tensor forward(LmInput input, KvCache cache, RotaryPositions rotations) {
    try (Carry hidden = Carry.of(input.embeddings())) {
      for (int i = 0; i < layers.size(); i++) {
        int layer = i;
        hidden.step(x -> layer(layer, x, input, cache, rotations));
      }
      cache.advance(input.positions());
      return hidden.share(); // (1, T, D)
    }
  }

  /** One layer, and what the input adds after it: (1, T, D) → (1, T, D). */
  Tensor layer(int index, Tensor x, LmInput input, KvCache cache, RotaryPositions rotations) {
    Tensor y = layers.get(index).forward(x, rotations, cache.layer(index));
    return input.between().after(index, y);
  }

  /** How many layers there are. */
  int depth() {
    return layers.size();
  }

  /** An empty cache for one request, to be closed by the caller. */
  public KvCache newCache(int capacity) {
    return new KvCache(config, capacity, device, cacheType);
  }
}
