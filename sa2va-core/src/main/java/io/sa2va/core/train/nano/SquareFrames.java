package io.sa2va.core.train.nano;

import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.Tensors;

/** Pictures and frames as SAM2 sees them: of its size, whatever their shape. */
final class SquareFrames {
  private final Sam2 sam2;
  private final Normalizer normalizer = Normalizer.sam2();

  SquareFrames(Sam2 sam2) {
    this.sam2 = sam2;
  }

  /** A frame of SAM2's size. */
  RgbPixels square(RgbPixels frame) {
    int side = sam2.imageSize();
    return PillowResize.bicubic(frame, side, side);
  }

  /** What SAM2's encoder makes of a frame of its size. */
  FrameFeatures encode(RgbPixels square) {
    long side = sam2.imageSize();
    return sam2.encode(Tensors.of(normalizer.normalize(square), 1, 3, side, side));
  }
}
