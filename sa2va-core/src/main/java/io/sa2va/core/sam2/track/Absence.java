package io.sa2va.core.sam2.track;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/** What becomes of the mask of an object that is not on a frame by its object score. */
public enum Absence {
  /** It stays. Sa2VA decodes language prompts so. */
  KEEPS_MASK {
    @Override
    Tensor apply(Tensor masks, Tensor objectScore) {
      return masks;
    }
  },

  /** All its logits become {@value #NO_OBJECT}. SAM2 itself does so. */
  CLEARS_MASK {
    @Override
    Tensor apply(Tensor masks, Tensor objectScore) {
      Tensor there = objectScore.gt(0).unsqueeze(-1).unsqueeze(-1); // (N, 1, 1, 1)
      return there.where(masks, Tensors.full(NO_OBJECT, DType.FLOAT32, masks.device(), 1));
    }
  };

  static final double NO_OBJECT = -1024;

  /** Mask logits (N, 1, h, w) and object scores (N, 1) → mask logits. */
  abstract Tensor apply(Tensor masks, Tensor objectScore);
}
