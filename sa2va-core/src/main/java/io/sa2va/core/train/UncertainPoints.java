package io.sa2va.core.train;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Random points, most of them chosen among more for logits near 0 (PointRend, section 3.1).
 *
 * @param count points P of a mask
 * @param oversampling how many times as many are drawn to choose from, at least 1
 * @param importance the part of the points that is chosen, from 0 to 1; the others are drawn anew
 */
public record UncertainPoints(int count, double oversampling, double importance)
    implements PointSampler {
  public UncertainPoints {
    if (count < 1 || oversampling < 1 || importance < 0 || importance > 1) {
      throw new IllegalArgumentException(
          "count must be at least 1, oversampling at least 1 and importance from 0 to 1, but were "
              + count
              + ", "
              + oversampling
              + " and "
              + importance);
    }
  }

  /** The reference's numbers. */
  public static UncertainPoints reference() {
    return new UncertainPoints(12544, 3, 0.75);
  }

  @Override
  public Tensor points(Tensor logits) {
    long masks = logits.size(0);
    long chosen = (long) (importance * count);
    Tensor drawn = random(logits, masks, (long) (oversampling * count)); // (N, D, 2)
    Tensor certainty = PointMaskLoss.sample(logits, drawn).abs(); // (N, D)
    Tensor best = certainty.neg().topIndices(chosen, 1); // (N, C)
    Tensor uncertain = drawn.gather(1, best.unsqueeze(2).expand(masks, chosen, 2)); // (N, C, 2)
    return Tensors.cat(1, uncertain, random(logits, masks, count - chosen)); // (N, P, 2)
  }

  private static Tensor random(Tensor logits, long masks, long count) {
    return Tensors.rand(DType.FLOAT32, logits.device(), masks, count, 2);
  }
}
