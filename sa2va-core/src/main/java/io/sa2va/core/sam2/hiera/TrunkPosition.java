package io.sa2va.core.sam2.hiera;

import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;
import java.util.function.Supplier;

/**
 * The trunk's absolute position embedding: a coarse one stretched over the picture, plus one that
 * repeats in every window of the first stage.
 *
 * <p>Reference: {@code Hiera._get_pos_embed}; Bolya et al., "Window Attention is Bugged" (2023).
 * Weights: {@code pos_embed}, {@code pos_embed_window}. It depends on the picture's size only.
 */
final class TrunkPosition {
  private final Supplier<Tensor> embedding; // (1, S / 4, S / 4, C)

  TrunkPosition(Weights weights, HieraConfig config, int imageSize) {
    long side = imageSize / HieraConfig.PATCH_STRIDE;
    long width = config.embedDim();
    long window = config.windowSpec().get(0);
    try (TensorScope scope = TensorScope.open()) {
      Tensor background =
          weights.getAs(
              DType.FLOAT32,
              "pos_embed",
              1,
              width,
              config.backgroundHeight(),
              config.backgroundWidth());
      Tensor inWindow = weights.getAs(DType.FLOAT32, "pos_embed_window", 1, width, window, window);
      DType dtype = weights.dtype();
      this.embedding =
          weights.derive(
              () ->
                  Functional.resizeBicubic(background, side, side)
                      .add(inWindow.repeat(1, 1, side / window, side / window)) // (1, C, S/4, S/4)
                      .permute(0, 2, 3, 1)
                      .contiguous()
                      .to(dtype));
    }
  }

  Tensor embedding() {
    return embedding.get();
  }
}
