package io.sa2va.core.llm;

import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Rotary position embedding along one axis or several.
 *
 * <p>Angles are float32, from float32 frequencies, whatever the model's type: a shorter one would
 * confuse distant positions.
 */
final class Rope {
  private final RotaryFrequencies frequencies;
  private final RotaryAxes axes;
  private final Device device;

  Rope(RotaryFrequencies frequencies, RotaryAxes axes, Device device) {
    this.frequencies = frequencies;
    this.axes = axes;
    this.device = device;
  }

  /**
   * Rotations of T tokens.
   *
   * @param start the place that theirs count from
   */
  RotaryPositions at(PositionIds positions, long start) {
    float[] inverse = frequencies.inverse(start + positions.count());
    Tensor perStep = Tensors.of(inverse, 1, inverse.length).to(device); // (1, r/2)
    Tensor places = axes.ofPairs(positions.from(start).to(device)); // (T, r/2) or (T, 1)
    return RotaryPositions.of(places.mul(perStep), frequencies.scale()); // (T, r/2)
  }
}
