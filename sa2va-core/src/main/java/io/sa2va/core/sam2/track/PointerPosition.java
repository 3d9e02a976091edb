package io.sa2va.core.sam2.track;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.weights.Weights;

/** Where in time an object pointer is, as what is added to it where it serves as a key. */
interface PointerPosition {
  /**
   * The position of one pointer.
   *
   * @param distance frames between the pointer's frame and the reading one
   * @param reach the largest such distance that is read in this video
   * @return (1, 1, m)
   */
  Tensor of(int distance, int reach);

  /** SAM 2.1 has positions, SAM 2 and Sa2VA do not: the weights tell. */
  static PointerPosition of(Weights weights, int width, int memoryWidth) {
    return weights.has("obj_ptr_tpos_proj.weight")
        ? new Sine(weights, width, memoryWidth)
        : new None(weights, memoryWidth);
  }

  /** Pointers of all times look alike. */
  final class None implements PointerPosition {
    private final Weights weights;
    private final long memoryWidth;

    None(Weights weights, long memoryWidth) {
      this.weights = weights;
      this.memoryWidth = memoryWidth;
    }

    @Override
    public Tensor of(int distance, int reach) {
      return Tensors.zeros(weights.dtype(), weights.device(), 1, 1, memoryWidth);
    }
  }

  /**
   * Sines and cosines of the distance, projected.
   *
   * <p>Reference: {@code get_1d_sine_pe} and {@code obj_ptr_tpos_proj} of SAM 2.1.
   */
  final class Sine implements PointerPosition {
    private static final double TEMPERATURE = 10000;

    private final Linear projection;
    private final Weights weights;
    private final int width;

    Sine(Weights weights, int width, int memoryWidth) {
      this.projection = Linear.of(weights.at("obj_ptr_tpos_proj"), width, memoryWidth);
      this.weights = weights;
      this.width = width;
    }

    @Override
    public Tensor of(int distance, int reach) {
      int half = width / 2;
      float[] values = new float[width];
      for (int i = 0; i < half; i++) {
        int pair = i / 2;
        double angle = (double) distance / reach / Math.pow(TEMPERATURE, 2.0 * pair / half);
        values[i] = (float) Math.sin(angle);
        values[half + i] = (float) Math.cos(angle);
      }
      Tensor sine = Tensors.of(values, 1, 1, width).to(weights.device(), weights.dtype());
      return projection.forward(sine); // (1, 1, m)
    }
  }
}
