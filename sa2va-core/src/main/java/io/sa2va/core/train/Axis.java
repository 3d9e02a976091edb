package io.sa2va.core.train;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.DoubleStream;

/**
 * An axis of a chart, from 0.
 *
 * @param end the value at its end, a multiple of {@code tick}
 * @param tick between two lines
 * @param from the pixel of 0
 * @param to the pixel of the end
 */
record Axis(double end, double tick, int from, int to) {
  private static final int MOST_TICKS = 10;

  /** One whose ticks are 1, 2 or 5 times a power of ten apart. */
  static Axis upTo(double largest, int from, int to) {
    double power = Math.pow(10, Math.floor(Math.log10(largest / MOST_TICKS)));
    double tick =
        DoubleStream.of(1, 2, 5, 10)
            .map(factor -> factor * power)
            .filter(step -> largest / step <= MOST_TICKS)
            .findFirst()
            .orElse(10 * power);
    return new Axis(Math.ceil(largest / tick) * tick, tick, from, to);
  }

  double pixel(double value) {
    return from + value / end * (to - from);
  }

  double[] ticks() {
    int count = (int) Math.round(end / tick);
    return DoubleStream.iterate(0, i -> i <= count, i -> i + 1).map(i -> i * tick).toArray();
  }

  /** As many decimals as the ticks differ in. */
  String label(double value) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(tick) + 1e-9));
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
