package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Rotary position embedding along one axis.
 *
 * <p>Angles are float32, from float32 frequencies, whatever the model's type: a shorter one would
 * confuse distant positions.
 */
final class Rope {
  private final RotaryFrequencies frequencies;
  private final Device device;

  Rope(RotaryFrequencies frequencies, Device device) {
    this.frequencies = frequencies;
    this.device = device;
  }

  /** Rotations of the positions {@code start} to {@code start + count - 1}. */
  RotaryPositions sequential(long start, long count) {
    float[] inverse = frequencies.inverse(start + count);
    Tensor perStep = Tensors.of(inverse, 1, inverse.length).to(device); // (1, r/2)
    Tensor positions = Tensors.arange(count, DType.FLOAT32, device).add((double) start);
    return RotaryPositions.of(positions.unsqueeze(1).mul(perStep), frequencies.scale()); // (T, r/2)
  }
}
