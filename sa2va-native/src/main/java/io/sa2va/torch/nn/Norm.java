package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;

/** A normalisation over the last dimension. */
public sealed interface Norm permits LayerNorm, RmsNorm {
  Tensor forward(Tensor x);
}
