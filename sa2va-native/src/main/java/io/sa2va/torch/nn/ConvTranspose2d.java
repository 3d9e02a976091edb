package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/**
 * A transposed convolution whose stride is its kernel: (B, in, H, W) → (B, out, H·k, W·k). Weights:
 * {@code weight}, {@code bias}.
 */
public final class ConvTranspose2d {
  private final Tensor weight; // (in, out, kernel, kernel)
  private final Tensor bias; // (out)
  private final long kernel;

  public ConvTranspose2d(Weights weights, long in, long out, long kernel) {
    this.weight = weights.get("weight", in, out, kernel, kernel);
    this.bias = weights.get("bias", out);
    this.kernel = kernel;
  }

  public Tensor forward(Tensor x) {
    return Functional.convTranspose2d(x, weight, bias, kernel);
  }
}
