package io.sa2va.core.prepare;

import java.util.List;

/**
 * Turns 8-bit samples into the floats a vision tower reads: scaled to 0..1, less the mean, over the
 * standard deviation, per channel; interleaved pixels become planes.
 *
 * <p>There are 256 inputs a channel, so every result is looked up. Immutable and thread-safe.
 */
public final class Normalizer {
  private static final int LEVELS = 256;
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_STD = {0.229, 0.224, 0.225};

  private final float[] table;

  private Normalizer(float[] scaled, float[] mean, float[] std) {
    this.table = new float[RgbPixels.CHANNELS * LEVELS];
    for (int channel = 0; channel < RgbPixels.CHANNELS; channel++) {
      for (int level = 0; level < LEVELS; level++) {
        table[channel * LEVELS + level] = (scaled[level] - mean[channel]) / std[channel];
      }
    }
  }

  /** InternVL's: torchvision's ToTensor and Normalize with ImageNet's mean and deviation. */
  public static Normalizer imageNet() {
    return new Normalizer(dividedBy255(), floats(IMAGENET_MEAN), floats(IMAGENET_STD));
  }

  /**
   * SAM2's in Sa2VA: ImageNet's numbers rounded to bfloat16, the arithmetic in float32 (its {@code
   * preprocess_image}).
   */
  public static Normalizer sam2() {
    return new Normalizer(dividedBy255(), bfloat16(IMAGENET_MEAN), bfloat16(IMAGENET_STD));
  }

  /**
   * That of a Hugging Face image processor, from the fields {@code rescale_factor}, {@code
   * image_mean} and {@code image_std} of preprocessor_config.json. Samples are scaled in double
   * precision, the rest is float32.
   *
   * @throws IllegalArgumentException if mean or deviation is not three numbers, or a deviation is 0
   */
  public static Normalizer of(double rescaleFactor, double[] mean, double[] std) {
    requireChannels("image_mean", mean);
    requireChannels("image_std", std);
    for (double deviation : std) {
      if (deviation == 0) {
        throw new IllegalArgumentException("image_std must not be 0");
      }
    }
    float[] scaled = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      scaled[level] = (float) (level * rescaleFactor);
    }
    return new Normalizer(scaled, floats(mean), floats(std));
  }

  /**
   * Pictures of one size as planes.
   *
   * @return {@code [pictures, 3, height, width]} in row-major order
   * @throws IllegalArgumentException if there is no picture or the sizes differ
   * @throws PrepareException if the result exceeds one Java array
   */
  public float[] normalize(List<RgbPixels> pictures) {
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("there is no picture to normalize");
    }
    int width = pictures.get(0).width();
    int height = pictures.get(0).height();
    long length = (long) pictures.size() * RgbPixels.CHANNELS * width * height;
    if (length > Integer.MAX_VALUE - 8) {
      throw new PrepareException(
          "%d pictures of %dx%d are too many for one batch"
              .formatted(pictures.size(), width, height));
    }
    float[] planes = new float[(int) length];
    for (int i = 0; i < pictures.size(); i++) {
      RgbPixels picture = pictures.get(i);
      if (picture.width() != width || picture.height() != height) {
        throw new IllegalArgumentException(
            "picture %d is %dx%d, the others are %dx%d"
                .formatted(i, picture.width(), picture.height(), width, height));
      }
      fillPlanes(picture, planes, i * (planes.length / pictures.size()));
    }
    return planes;
  }

  /** One picture as planes: {@code [3, height, width]}. */
  public float[] normalize(RgbPixels picture) {
    return normalize(List.of(picture));
  }

  /** What a sample of 0 to 255 becomes in this channel. */
  float value(int channel, int sample) {
    return table[channel * LEVELS + sample];
  }

  private void fillPlanes(RgbPixels picture, float[] planes, int start) {
    byte[] samples = picture.samples();
    int area = picture.width() * picture.height();
    for (int channel = 0; channel < RgbPixels.CHANNELS; channel++) {
      int plane = start + channel * area;
      int levels = channel * LEVELS;
      for (int i = 0; i < area; i++) {
        planes[plane + i] = table[levels + (samples[i * RgbPixels.CHANNELS + channel] & 0xff)];
      }
    }
  }

  private static float[] dividedBy255() {
    float[] scaled = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      scaled[level] = level / 255f;
    }
    return scaled;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** The nearest values with 8 significant bits; ties go to the even one. */
  private static float[] bfloat16(double[] values) {
    float[] rounded = floats(values);
    for (int i = 0; i < rounded.length; i++) {
      int bits = Float.floatToRawIntBits(rounded[i]);
      int nearest = bits + 0x7fff + ((bits >>> 16) & 1);
      rounded[i] = Float.intBitsToFloat(nearest & 0xffff0000);
    }
    return rounded;
  }

  private static void requireChannels(String field, double[] values) {
    if (values.length != RgbPixels.CHANNELS) {
      throw new IllegalArgumentException(
          field + " must be three numbers, but has " + values.length);
    }
  }
}
