package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/** A convolution (B, in, H, W) → (B, out, H', W'). Weights: {@code weight}, {@code bias}. */
public final class Conv2d {
  private final Tensor weight; // (out, in / groups, kernel, kernel)
  private final Tensor bias; // (out)
  private final long stride;
  private final long padding;
  private final long groups;

  private Conv2d(
      Weights weights, long in, long out, long kernel, long stride, long padding, long groups) {
    this.weight = weights.get("weight", out, in / groups, kernel, kernel);
    this.bias = weights.get("bias", out);
    this.stride = stride;
    this.padding = padding;
    this.groups = groups;
  }

  public static Conv2d of(
      Weights weights, long in, long out, long kernel, long stride, long padding) {
    return new Conv2d(weights, in, out, kernel, stride, padding, 1);
  }

  /** A 1×1 convolution. */
  public static Conv2d pointwise(Weights weights, long in, long out) {
    return new Conv2d(weights, in, out, 1, 1, 0, 1);
  }

  /** Each channel by itself. */
  public static Conv2d depthwise(Weights weights, long channels, long kernel, long padding) {
    return new Conv2d(weights, channels, channels, kernel, 1, padding, channels);
  }

  public Tensor forward(Tensor x) {
    return Functional.conv2d(x, weight, bias, stride, padding, groups);
  }
}
