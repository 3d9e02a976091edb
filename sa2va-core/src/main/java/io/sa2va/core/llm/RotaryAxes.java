package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Which axis of a token's place turns each pair of values in rotary position embedding. Immutable.
 */
@FunctionalInterface
public interface RotaryAxes {
  /** Places (T, 3) → what each of P pairs turns by: (T, P), or (T, 1) where that is one for all. */
  Tensor ofPairs(Tensor places);

  /** One axis, as in models that know words only. */
  static RotaryAxes single() {
    return places -> places.narrow(1, 0, 1);
  }

  /**
   * The first pairs by time, the next by height, the last by width: Qwen2.5-VL.
   *
   * @param sections pairs of each axis: {@code mrope_section}
   */
  static RotaryAxes blocks(List<Integer> sections) {
    int height = sections.get(0);
    int width = height + sections.get(1);
    return ofPairs(sections, pair -> pair < height ? 0 : pair < width ? 1 : 2);
  }

  /**
   * Time, height and width by turns, and time alone once the others have their share: Qwen3-VL.
   *
   * @param sections pairs of each axis: {@code mrope_section}
   */
  static RotaryAxes interleaved(List<Integer> sections) {
    return ofPairs(sections, pair -> pair / 3 < sections.get(pair % 3) ? pair % 3 : 0);
  }

  private static RotaryAxes ofPairs(List<Integer> sections, IntUnaryOperator axisOfPair) {
    int pairs = sections.stream().mapToInt(Integer::intValue).sum();
    long[] axes = IntStream.range(0, pairs).map(axisOfPair).asLongStream().toArray();
    return places -> places.indexSelect(1, Tensors.of(axes, pairs).to(places.device()));
  }
}
