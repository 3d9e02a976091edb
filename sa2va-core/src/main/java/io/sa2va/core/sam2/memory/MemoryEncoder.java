package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/**
 * Writes what is remembered of a frame: the picture's features and the object's mask, in one map.
 *
 * <p>Reference: {@code MemoryEncoder} in sam2's memory_encoder.py. Weights: {@code memory_encoder}.
 * Shapes: N objects, C channels of SAM2, m channels of a memory, S side of the picture, h = w = S /
 * 16. Immutable and thread-safe.
 */
public final class MemoryEncoder {
  private final MaskDownSampler maskDownsampler;
  private final Conv2d pictureProjection;
  private final Fuser fuser;
  private final Optional<Conv2d> outProjection;

  public MemoryEncoder(MemoryConfig config, Weights weights, long width) {
    this.maskDownsampler = new MaskDownSampler(weights.at("mask_downsampler"), width);
    this.pictureProjection = Conv2d.pointwise(weights.at("pix_feat_proj"), width, width);
    this.fuser = new Fuser(weights.at("fuser"), width, config.fuserLayers());
    // Without a change of width the reference has no projection, and no weights for one.
    this.outProjection =
        config.width() == width
            ? Optional.empty()
            : Optional.of(Conv2d.pointwise(weights.at("out_proj"), width, config.width()));
  }

  /**
   * Fuses a frame with the masks of N objects on it.
   *
   * @param picture features of the frame, before any memory was read (1, C, h, w)
   * @param masks the objects at picture resolution, from -10 (absent) to 10 (present) (N, 1, S, S)
   * @return (N, m, h, w)
   */
  public Tensor forward(Tensor picture, Tensor masks) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor both = maskDownsampler.forward(masks).add(pictureProjection.forward(picture));
      Tensor fused = fuser.forward(both); // (N, C, h, w)
      return scope.handUp(outProjection.isPresent() ? outProjection.get().forward(fused) : fused);
    }
  }
}
