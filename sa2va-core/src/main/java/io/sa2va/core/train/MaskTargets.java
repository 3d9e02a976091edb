package io.sa2va.core.train;

import io.sa2va.Mask;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;

/** The masks to learn, at the size of the model's. */
public final class MaskTargets {
  private MaskTargets() {}

  /** Masks of one size → 0 or 1, by nearest neighbours: (N, height, width) of FLOAT32. */
  public static Tensor of(List<Mask> masks, long height, long width) {
    return Functional.resizeNearest(pixels(masks), height, width).squeeze(0); // (N, height, width)
  }

  /**
   * The same, 1 where a mask covers at least half of a cell. Nearest neighbours are to the upper
   * left of a cell's middle, so that what learns from them draws outlines half a cell too far down
   * and to the right.
   */
  public static Tensor covered(List<Mask> masks, long height, long width) {
    Tensor part = Functional.resizeBilinearAntialias(pixels(masks), height, width);
    return part.ge(0.5).to(DType.FLOAT32).squeeze(0); // (N, height, width)
  }

  /** (1, N, rows, columns) of FLOAT32. */
  private static Tensor pixels(List<Mask> masks) {
    int rows = masks.get(0).height();
    int columns = masks.get(0).width();
    byte[] pixels = new byte[masks.size() * rows * columns];
    int at = 0;
    for (Mask mask : masks) {
      for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
          pixels[at++] = (byte) (mask.get(x, y) ? 1 : 0);
        }
      }
    }
    return Tensors.of(pixels, 1, masks.size(), rows, columns).to(DType.FLOAT32);
  }
}
