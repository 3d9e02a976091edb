package io.sa2va.core.sam2.decoder;

import io.sa2va.core.sam2.neck.Pyramid;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.nn.ConvTranspose2d;
import io.sa2va.torch.nn.LayerNorm2d;
import io.sa2va.torch.weights.Weights;

/**
 * Brings the decoder's picture features to the resolution of masks, adding the fine feature maps on
 * the way.
 *
 * <p>Reference: {@code MaskDecoder.output_upscaling}, {@code conv_s0} and {@code conv_s1}. Shapes:
 * N objects, C channels, h = w side of the top feature map.
 */
final class MaskUpscaling {
  private static final double EPS = 1e-6;

  private final Conv2d fineProjection;
  private final Conv2d middleProjection;
  private final ConvTranspose2d first;
  private final LayerNorm2d norm;
  private final ConvTranspose2d second;

  /**
   * @param weights those of the mask decoder
   */
  MaskUpscaling(Weights weights, long width) {
    Weights sequence = weights.at("output_upscaling");
    this.fineProjection = Conv2d.pointwise(weights.at("conv_s0"), width, width / 8);
    this.middleProjection = Conv2d.pointwise(weights.at("conv_s1"), width, width / 4);
    this.first = new ConvTranspose2d(sequence.at(0), width, width / 4, 2);
    this.norm = new LayerNorm2d(sequence.at(1), width / 4, EPS);
    this.second = new ConvTranspose2d(sequence.at(3), width / 4, width / 8, 2);
  }

  HighResolution highResolution(Pyramid pyramid) {
    return new HighResolution(
        fineProjection.forward(pyramid.fine()), middleProjection.forward(pyramid.middle()));
  }

  /** (N, C, h, w) → (N, C / 8, 4h, 4w). */
  Tensor forward(Tensor picture, HighResolution details) {
    Tensor doubled = first.forward(picture).addInPlace(details.middle()); // (N, C/4, 2h, 2w)
    Tensor normed = norm.forward(doubled).gelu();
    return second.forward(normed).addInPlace(details.fine()).gelu(); // (N, C/8, 4h, 4w)
  }
}
