package io.sa2va.core.sam2.neck;

import io.sa2va.core.sam2.hiera.Hiera;
import io.sa2va.core.sam2.hiera.HieraConfig;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/**
 * Picture to feature pyramid: trunk, then neck. The coarsest level serves the neck only and is not
 * handed out ({@code scalp} 1 in the reference).
 *
 * <p>Reference: {@code ImageEncoder} in sam2's image_encoder.py. Weights: {@code image_encoder}.
 * Immutable and thread-safe.
 */
public final class ImageEncoder {
  private final Hiera trunk;
  private final FpnNeck neck;

  /**
   * @param width channels d of the pyramid
   * @param imageSize side S of the square picture in pixels, a multiple of 32
   */
  public ImageEncoder(
      HieraConfig trunk, NeckConfig neck, Weights weights, int width, int imageSize) {
    this.trunk = new Hiera(trunk, weights.at("trunk"), imageSize);
    this.neck = new FpnNeck(neck, weights.at("neck"), width);
  }

  /**
   * Encodes one picture.
   *
   * @param picture (1, 3, S, S), normalised
   */
  public Pyramid forward(Tensor picture) {
    return neck.forward(trunk.forward(picture));
  }
}
