package io.sa2va.core.encode.qwenvit;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/**
 * Patches to vectors: (N, 3·t·p²) → (N, C). The reference's convolution, whose kernel and stride
 * are a patch, is a product.
 *
 * <p>Weights: {@code patch_embed.proj}.
 */
final class VisionPatchEmbed {
  private final Tensor kernel; // (C, 3, t, p, p)
  private final Optional<Tensor> bias; // (C)

  private VisionPatchEmbed(Tensor kernel, Optional<Tensor> bias) {
    this.kernel = kernel;
    this.bias = bias;
  }

  static VisionPatchEmbed of(QwenVitConfig config, Weights weights) {
    Tensor bias = weights.get("bias", config.hiddenSize());
    return new VisionPatchEmbed(kernel(config, weights), Optional.of(bias));
  }

  static VisionPatchEmbed withoutBias(QwenVitConfig config, Weights weights) {
    return new VisionPatchEmbed(kernel(config, weights), Optional.empty());
  }

  private static Tensor kernel(QwenVitConfig config, Weights weights) {
    long side = config.patchSize();
    return weights.get("weight", config.hiddenSize(), 3, config.temporalPatchSize(), side, side);
  }

  Tensor forward(Tensor patches) {
    Tensor pixels = patches.to(kernel.device(), kernel.dtype());
    return Functional.linear(pixels, kernel.flatten(1, 4), bias); // (N, C)
  }
}
