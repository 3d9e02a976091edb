package io.sa2va.core.sam2.hiera;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;

/** Maxima of 2×2 tokens: (B, H, W, C) → (B, H / 2, W / 2, C). */
final class QueryPool {
  private QueryPool() {}

  static Tensor forward(Tensor x) {
    return Functional.maxPool2d(x.permute(0, 3, 1, 2), 2).permute(0, 2, 3, 1);
  }
}
