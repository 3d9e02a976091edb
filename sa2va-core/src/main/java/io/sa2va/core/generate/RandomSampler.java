package io.sa2va.core.generate;

import io.sa2va.GenerationOptions;
import io.sa2va.torch.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws a token by its probability, after temperature, top-k and top-p, in the order of Hugging
 * Face's processors. The same seed gives the same draws on every machine.
 */
final class RandomSampler implements Sampler {
  private final double temperature;
  private final int topK;
  private final double topP;
  private final SplittableRandom random;

  RandomSampler(GenerationOptions options) {
    this.temperature = options.temperature();
    this.topK = options.topK();
    this.topP = options.topP();
    this.random = new SplittableRandom(options.seed());
  }

  @Override
  public int next(Tensor logits) {
    return draw(logits.toFloatArray());
  }

  int draw(float[] logits) {
    int[] best = topTokens(logits);
    double[] probabilities = softmax(logits, best);
    int kept = nucleus(probabilities);
    double point = random.nextDouble() * sum(probabilities, kept);
    int i = 0;
    while (i < kept - 1 && point >= probabilities[i]) {
      point -= probabilities[i];
      i++;
    }
    return best[i];
  }

  /** Ids of the top-k tokens (all of them without top-k), most likely first; ties by id. */
  private int[] topTokens(float[] logits) {
    long[] keys = new long[logits.length];
    for (int id = 0; id < logits.length; id++) {
      keys[id] = ((long) descending(logits[id]) << 32) | id;
    }
    Arrays.sort(keys);
    int count = topK == 0 ? keys.length : Math.min(topK, keys.length);
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = (int) keys[i];
    }
    return ids;
  }

  /** A signed integer that is smaller the larger the value is. */
  private static int descending(float value) {
    int bits = Float.floatToIntBits(value);
    return ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  private double[] softmax(float[] logits, int[] ids) {
    double max = logits[ids[0]];
    double[] values = new double[ids.length];
    double total = 0;
    for (int i = 0; i < ids.length; i++) {
      values[i] = Math.exp((logits[ids[i]] - max) / temperature);
      total += values[i];
    }
    for (int i = 0; i < ids.length; i++) {
      values[i] /= total;
    }
    return values;
  }

  /** How many of the most likely tokens it takes to reach top-p; at least one. */
  private int nucleus(double[] probabilities) {
    double total = 0;
    for (int i = 0; i < probabilities.length; i++) {
      total += probabilities[i];
      if (total >= topP) {
        return i + 1;
      }
    }
    return probabilities.length;
  }

  private static double sum(double[] values, int count) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += values[i];
    }
    return total;
  }
}
