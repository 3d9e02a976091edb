package io.sa2va.core.llm;

import io.sa2va.torch.Carry;
import io.sa2va.torch.DType;
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
  private final LayerDevices devices;
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
    this(
        config,
        parts,
        weights,
        LayerDevices.of(weights.device(), weights.at("layers"), config.layers()));
  }

  Decoder(LlmConfig config, LlmWeights parts, Weights weights, LayerDevices devices) {
    this.config = config;
    this.layers = IntStream.range(0, config.layers()).mapToObj(parts::layer).toList();
    this.devices = devices;
    // On a CPU attention over a float32 cache is many times faster than over a shorter type.
    this.cacheType = weights.device().isCpu() ? DType.FLOAT32 : weights.dtype();
  }

  /**
   * Continues what a cache holds.
   *
   * @param rotations of the input's T positions
   * @return what the last layer gives (1, T, D)
   */
  public Tensor forward(LmInput input, KvCache cache, RotaryPositions rotations) {
    try (Carry hidden = Carry.of(input.embeddings())) {
      for (LayerDevices.Run run : devices.runs()) {
        RotaryPositions there = rotations.on(run.device());
        for (int i = run.from(); i < run.to(); i++) {
          int layer = i;
          hidden.step(x -> layer(layer, devices.enter(run, layer, x), input, cache, there));
        }
      }
      cache.advance(input.positions());
      return devices.leave(hidden.share()); // (1, T, D)
    }
  }

  /** One word after what a cache holds, added to it on the device alone: (1, 1, D) → (1, 1, D). */
  Tensor step(Tensor embedding, List<AttentionCache> cache, RotaryPositions rotation) {
    try (Carry hidden = Carry.of(embedding)) {
      for (int i = 0; i < layers.size(); i++) {
        int layer = i;
        hidden.step(x -> layers.get(layer).forward(x, rotation, cache.get(layer)));
      }
      return hidden.share(); // (1, 1, D)
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

  /** Where the layers are. */
  LayerDevices devices() {
    return devices;
  }

  /** The type of keys and values. */
  DType cacheType() {
    return cacheType;
  }

  /** An empty cache for one request, to be closed by the caller. */
  public KvCache newCache(int capacity) {
    return new KvCache(config, capacity, devices, cacheType);
  }
}
