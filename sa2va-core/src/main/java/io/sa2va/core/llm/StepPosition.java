package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where the next word stands, as tensors that the device counts on by itself, and what follows from
 * it: its rotation, and the keys that it sees.
 *
 * <p>For one thread at a time. Shapes: S places of the cache, r rotated values of a head.
 */
final class StepPosition implements AutoCloseable {
  private final RotaryFrequencies frequencies;
  private final DType maskType;
  private final Kept index; // (1) of INT64: its place in the cache
  private final Kept place; // (1, 1) of FLOAT32: its place in the text
  private final Kept perPlace; // (1, r/2): radians
  private final Kept numbers; // (1, S) of FLOAT32: 0, 1, …
  private final Map<Long, Kept> masks; // (1, S) each, by the window
  private float[] known;

  /**
   * For words after what a cache holds.
   *
   * @param windows those of the model's layers
   * @param capacity S
   * @param maskType the type of the cache
   */
  StepPosition(
      RotaryFrequencies frequencies,
      List<Integer> windows,
      KvCache cache,
      long capacity,
      Device device,
      DType maskType) {
    this.frequencies = frequencies;
    this.maskType = maskType;
    this.known = frequencies.inverse(cache.nextPosition() + 1);
    try (TensorScope scope = TensorScope.open()) {
      this.index = Kept.of(Tensors.of(new long[] {cache.length()}, 1).to(device));
      this.place = Kept.of(Tensors.of(new float[] {cache.nextPosition()}, 1, 1).to(device));
      this.perPlace = Kept.of(Tensors.of(known, 1, known.length).to(device));
      this.numbers = Kept.of(Tensors.arange(capacity, DType.FLOAT32, device).unsqueeze(0));
      this.masks =
          windows.stream()
              .map(Integer::longValue)
              .distinct()
              .collect(
                  Collectors.toUnmodifiableMap(
                      Function.identity(),
                      window -> Kept.of(Tensors.zeros(maskType, device, 1, capacity))));
    }
  }

  /** Says how long the sequence becomes by the next word: some scalings depend on it. */
  void lengthen(long sequenceLength) {
    float[] wanted = frequencies.inverse(sequenceLength);
    if (!Arrays.equals(wanted, known)) {
      known = wanted;
      try (TensorScope scope = TensorScope.open()) {
        Tensor fresh = Tensors.of(wanted, 1, wanted.length).to(perPlace.tensor().device());
        perPlace.tensor().copyFrom(fresh);
      }
    }
  }

  Tensor index() {
    return index.tensor();
  }

  /** Which keys a layer of this window sees: 0, and minus infinity for the others; (1, S). */
  Tensor mask(long window) {
    return masks.get(window).tensor();
  }

  /** Rotations at this place, and masks brought up to it. On the device alone. */
  RotaryPositions look() {
    Tensor back = index().to(DType.FLOAT32).sub(numbers.tensor()); // (1, S): 0 for its own key
    Tensor seen = Tensors.zeros(maskType, back.device(), 1);
    Tensor hidden = Tensors.full(Double.NEGATIVE_INFINITY, maskType, back.device(), 1);
    Tensor past = back.ge(0).where(seen, hidden); // (1, S)
    masks.forEach(
        (window, mask) -> mask.tensor().copyFrom(back.lt((double) window).where(past, hidden)));
    return RotaryPositions.of(place.tensor().mul(perPlace.tensor()), frequencies.scale());
  }

  /** Goes on to the place after. On the device alone. */
  void advance() {
    index.tensor().addInPlace(1);
    place.tensor().addInPlace(1);
  }

  @Override
  public void close() {
    index.close();
    place.close();
    perPlace.close();
    numbers.close();
    masks.values().forEach(Kept::close);
  }
}
