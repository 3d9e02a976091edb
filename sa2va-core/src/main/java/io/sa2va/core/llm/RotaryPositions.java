package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * The rotations that rotary position embedding applies at T positions. The first r values of a head
 * are rotated, value i together with value i + r/2.
 *
 * <p>Made anew for each call of a model, in the innermost scope.
 */
public final class RotaryPositions {
  private final Tensor cos; // (T, r), both halves the same
  private final Tensor sin; // (T, r), the first half negated
  private final long half;

  private RotaryPositions(Tensor cos, Tensor sin, long half) {
    this.cos = cos;
    this.sin = sin;
    this.half = half;
  }

  /**
   * The rotations of given angles.
   *
   * @param angles (T, r/2) in radians, FLOAT32, on the model's device
   * @param scale what the rotated values are multiplied by; 1 for most models
   */
  public static RotaryPositions of(Tensor angles, double scale) {
    Tensor cos = angles.cos().mul(scale);
    Tensor sin = angles.sin().mul(scale);
    return new RotaryPositions(
        Tensors.cat(-1, cos, cos), Tensors.cat(-1, sin.neg(), sin), angles.size(1));
  }

  /** The same on a device; these themselves where that is theirs. */
  RotaryPositions on(Device device) {
    return device.type() == Device.Type.CPU || cos.device().equals(device)
        ? this
        : new RotaryPositions(cos.to(device), sin.to(device), half);
  }

  /** Rotates heads (1, heads, T, d), of any type → the same in FLOAT32. */
  public Tensor rotate(Tensor x) {
    long rotated = 2 * half;
    long width = x.size(-1);
    Tensor swapped = Tensors.cat(-1, x.narrow(-1, half, half), x.narrow(-1, 0, half));
    Tensor first = x.narrow(-1, 0, rotated).mul(cos).addInPlace(swapped.mul(sin));
    return rotated == width
        ? first
        : Tensors.cat(-1, first, x.narrow(-1, rotated, width - rotated).to(DType.FLOAT32));
  }
}
