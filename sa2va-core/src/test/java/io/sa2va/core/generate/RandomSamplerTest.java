package io.sa2va.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.GenerationOptions;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSamplerTest {
  private static final float[] LOGITS = {0, 2, 1, -1, -100};

  @Test
  void draw_manyTimes_followsTheProbabilities() {
    int[] counts = counts(options -> options.temperature(1).seed(7), 20_000);
    double total = Math.exp(0) + Math.exp(2) + Math.exp(1) + Math.exp(-1);
    assertThat(counts[1] / 20_000.0)
        .isBetween(Math.exp(2) / total - 0.02, Math.exp(2) / total + 0.02);
    assertThat(counts[3] / 20_000.0)
        .isBetween(Math.exp(-1) / total - 0.02, Math.exp(-1) / total + 0.02);
    assertThat(counts[4]).isZero();
  }

  @Test
  void draw_topK_onlyTheBest() {
    int[] counts = counts(options -> options.temperature(1).topK(2), 2_000);
    assertThat(counts[0] + counts[3]).isZero();
    assertThat(counts[1]).isGreaterThan(counts[2]).isLessThan(2_000);
  }

  @Test
  void draw_topP_onlyTheSmallestSetThatReachesIt() {
    int[] counts = counts(options -> options.temperature(1).topP(0.7), 2_000);
    assertThat(counts[1] + counts[2]).isEqualTo(2_000);
    assertThat(counts[2]).isPositive();
  }

  @Test
  void draw_lowTemperature_isTheBest() {
    assertThat(counts(options -> options.temperature(0.01), 500)[1]).isEqualTo(500);
  }

  @Test
  void draw_sameSeed_isTheSame() {
    RandomSampler first = sampler(options -> options.temperature(1).seed(3));
    RandomSampler second = sampler(options -> options.temperature(1).seed(3));
    assertThat(IntStream.range(0, 50).map(i -> first.draw(LOGITS)).toArray())
        .isEqualTo(IntStream.range(0, 50).map(i -> second.draw(LOGITS)).toArray());
  }

  @Test
  void draw_infinitelyUnlikely_isNeverDrawn() {
    float[] logits = new float[10];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    logits[6] = -3;
    assertThat(sampler(options -> options.temperature(2)).draw(logits)).isEqualTo(6);
  }

  private static int[] counts(
      java.util.function.Consumer<GenerationOptions.Builder> options, int times) {
    RandomSampler sampler = sampler(options);
    int[] counts = new int[LOGITS.length];
    for (int i = 0; i < times; i++) {
      counts[sampler.draw(LOGITS)]++;
    }
    return counts;
  }

  private static RandomSampler sampler(
      java.util.function.Consumer<GenerationOptions.Builder> options) {
    return new RandomSampler(GenerationOptions.of(options));
  }
}
