package io.sa2va.core.prepare;

/**
 * What each output sample along one axis takes from the input: a run of input samples and their
 * fixed-point weights.
 *
 * <p>The kernel is the cubic with a = -0.5. When shrinking it is widened by the scale, so that
 * every input sample counts (antialiasing). Source: {@code precompute_coeffs} and {@code
 * normalize_coeffs_8bpc} of Pillow's Resample.c; the arithmetic follows its order of operations.
 */
final class BicubicWeights {
  /** Fractional bits of a weight: 32, less 8 for the sample, less 2 for overshoot. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private static final double RADIUS = 2.0;

  private final int[] first;
  private final int[] count;
  private final int[] weights;
  private final int stride;

  private BicubicWeights(int outputSize, int stride) {
    this.first = new int[outputSize];
    this.count = new int[outputSize];
    this.weights = new int[outputSize * stride];
    this.stride = stride;
  }

  /**
   * The weights that turn {@code inputSize} samples into {@code outputSize}.
   *
   * @throws PrepareException if there are too many weights for one array
   */
  static BicubicWeights of(int inputSize, int outputSize) {
    double scale = (double) inputSize / outputSize;
    double widening = Math.max(scale, 1.0);
    double support = RADIUS * widening;
    long stride = Math.min((long) Math.ceil(support) * 2 + 1, inputSize);
    if (stride * outputSize > Integer.MAX_VALUE - 8) {
      throw new PrepareException(
          "cannot resize a side of %d pixels to %d: the picture is too large"
              .formatted(inputSize, outputSize));
    }
    BicubicWeights table = new BicubicWeights(outputSize, (int) stride);
    double[] kernel = new double[table.stride];
    for (int output = 0; output < outputSize; output++) {
      double center = (output + 0.5) * scale;
      int first = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), inputSize);
      table.first[output] = first;
      table.count[output] = end - first;
      table.fill(output, kernel, center, 1.0 / widening);
    }
    return table;
  }

  private void fill(int output, double[] kernel, double center, double shrink) {
    double sum = 0.0;
    for (int i = 0; i < count[output]; i++) {
      kernel[i] = cubic((i + first[output] - center + 0.5) * shrink);
      sum += kernel[i];
    }
    for (int i = 0; i < count[output]; i++) {
      double weight = sum == 0.0 ? kernel[i] : kernel[i] / sum;
      weights[output * stride + i] = fixedPoint(weight);
    }
  }

  private static double cubic(double signed) {
    double x = Math.abs(signed);
    if (x < 1.0) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    if (x < 2.0) {
      return (((x - 5) * x + 8) * x - 4) * -0.5;
    }
    return 0.0;
  }

  private static int fixedPoint(double weight) {
    return (int) (Math.copySign(0.5, weight) + weight * (1 << PRECISION_BITS));
  }

  /** The first input sample that the output sample reads. */
  int first(int output) {
    return first[output];
  }

  /** How many input samples the output sample reads. */
  int count(int output) {
    return count[output];
  }

  /** Where the output sample's weights start in {@link #weights}. */
  int offset(int output) {
    return output * stride;
  }

  /** All weights, not a copy: for reading only. */
  int[] weights() {
    return weights;
  }
}
