package io.sa2va.core.encode;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiles to the vectors that stand for them in the language model: vision tower, pixel shuffle,
 * projector.
 *
 * <p>Reference: {@code extract_feature} in modeling_sa2va_chat.py. Weights: {@code vision_model.*},
 * {@code mlp1.*}. Immutable and thread-safe.
 */
public final class VisionEncoder {
  /** A CPU gains nothing from more than one tile at a time, and its caches lose. */
  private static final long TILES_AT_ONCE_ON_CPU = 1;

  private static final long TILES_AT_ONCE = 8;

  private final VisionEncoderConfig config;
  private final InternVit vit;
  private final VisionProjector projector;
  private final Device device;
  private final DType dtype;

  /**
   * Reads the weights.
   *
   * @param weights the checkpoint's root
   */
  public VisionEncoder(VisionEncoderConfig config, Weights weights) {
    long merged = (long) config.vit().hiddenSize() * config.merge() * config.merge();
    this.config = config;
    this.vit = new InternVit(config.vit(), config.depth(), weights.at("vision_model"));
    this.projector = new VisionProjector(merged, config.outputWidth(), weights.at("mlp1"));
    this.device = weights.device();
    this.dtype = weights.dtype();
  }

  public VisionEncoderConfig config() {
    return config;
  }

  /**
   * Normalised tiles (tiles, 3, tileSize, tileSize), at least one, of any type and device → (tiles,
   * tokensPerTile, outputWidth). The tokens of a tile are in row order.
   */
  public Tensor forward(Tensor tiles) {
    long atOnce = device.isCpu() ? TILES_AT_ONCE_ON_CPU : TILES_AT_ONCE;
    List<Tensor> features = new ArrayList<>();
    for (long from = 0; from < tiles.size(0); from += atOnce) {
      try (TensorScope turn = TensorScope.open()) {
        Tensor batch = tiles.narrow(0, from, Math.min(atOnce, tiles.size(0) - from));
        features.add(turn.handUp(encode(batch.to(device, dtype))));
      }
    }
    return Tensors.cat(0, features); // (tiles, tokens, D)
  }

  private Tensor encode(Tensor tiles) {
    Tensor patches = vit.forward(tiles); // (B, g², C)
    long grid = config.tileSize() / config.vit().patchSize();
    Tensor square = patches.reshape(patches.size(0), grid, grid, patches.size(2));
    Tensor merged = config.shuffle().forward(square, config.merge()).flatten(1, 2); // (B, t, C·r²)
    return projector.forward(merged); // (B, t, D)
  }
}
