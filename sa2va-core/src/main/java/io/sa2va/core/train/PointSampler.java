package io.sa2va.core.train;

import io.sa2va.torch.Tensor;

/** Chooses the points at which masks are compared. */
@FunctionalInterface
public interface PointSampler {
  /** Points of maps of logits (N, h, w), which have no history: (N, P, 2), x and y from 0 to 1. */
  Tensor points(Tensor logits);
}
