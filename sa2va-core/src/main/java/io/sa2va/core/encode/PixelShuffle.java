package io.sa2va.core.encode;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.torch.Tensor;

/**
 * Merges squares of neighbouring patches into one wider vector: (B, h, w, C) → (B, h/r, w/r, C·r²).
 *
 * <p>Reference: {@code pixel_shuffle} in modeling_sa2va_chat.py; {@code downsample_ratio} is 1/r.
 */
public enum PixelShuffle {
  /** As first published: rows and columns of the result are swapped. */
  V1 {
    @Override
    Tensor arrange(Tensor merged) {
      return merged;
    }
  },
  V2 {
    @Override
    Tensor arrange(Tensor merged) {
      return merged.permute(0, 2, 1, 3);
    }
  };

  /**
   * Merges squares of {@code r}² patches.
   *
   * @param x (B, h, w, C), where r divides h and w
   */
  Tensor forward(Tensor x, int r) {
    long batch = x.size(0);
    long rows = x.size(1);
    long columns = x.size(2);
    long width = x.size(3);
    Tensor pairs = x.reshape(batch, rows, columns / r, width * r).permute(0, 2, 1, 3);
    Tensor squares = pairs.reshape(batch, columns / r, rows / r, width * r * r);
    return arrange(squares); // (B, h/r, w/r, C·r²)
  }

  /** Puts (B, w/r, h/r, C·r²) into this version's order. */
  abstract Tensor arrange(Tensor merged);

  static PixelShuffle of(ConfigNode config) {
    return switch (config.text("ps_version", "v1")) {
      case "v1" -> V1;
      case "v2" -> V2;
      default -> throw config.error("ps_version", "v1 or v2");
    };
  }
}
