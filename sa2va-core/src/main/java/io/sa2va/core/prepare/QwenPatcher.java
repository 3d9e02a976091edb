package io.sa2va.core.prepare;

/**
 * Qwen-VL's picture preparation: resize to the native resolution in two steps, normalize, cut into
 * patches; a still picture is repeated to fill a patch's frames.
 *
 * <p>Reference: {@code fetch_image} of qwen-vl-utils, then {@code _preprocess} of transformers'
 * Qwen2VLImageProcessor (the one on Pillow). Immutable and thread-safe.
 */
public final class QwenPatcher {
  private final PatchShape shape;
  private final SmartResize resize;
  private final Normalizer normalizer;

  /**
   * The processor's patches; each number is 1 to 512.
   *
   * @param patchSize {@code patch_size}, pixels
   * @param mergeSize {@code merge_size}, patches a side that become one token
   * @param temporalPatchSize {@code temporal_patch_size}, frames
   */
  public record PatchShape(int patchSize, int mergeSize, int temporalPatchSize) {
    private static final int LARGEST = 512;

    public PatchShape {
      requireInRange("patch_size", patchSize);
      requireInRange("merge_size", mergeSize);
      requireInRange("temporal_patch_size", temporalPatchSize);
    }

    private static void requireInRange(String field, int value) {
      if (value < 1 || value > LARGEST) {
        throw new IllegalArgumentException(
            "%s must be 1 to %d, but was %d".formatted(field, LARGEST, value));
      }
    }

    int factor() {
      return patchSize * mergeSize;
    }

    int length() {
      return RgbPixels.CHANNELS * temporalPatchSize * patchSize * patchSize;
    }
  }

  /**
   * Takes the processor's settings.
   *
   * @param minPixels {@code min_pixels} that the model asks of the processor
   * @param maxPixels {@code max_pixels} that the model asks of the processor
   * @param normalizer {@link Normalizer#of} with the processor's numbers
   */
  public QwenPatcher(PatchShape shape, long minPixels, long maxPixels, Normalizer normalizer) {
    this.shape = shape;
    this.resize = new SmartResize(shape.factor(), minPixels, maxPixels);
    this.normalizer = normalizer;
  }

  /** The size at which a picture of this size is cut. */
  public PixelSize sizeFor(PixelSize picture) {
    return resize.processed(SmartResize.fetched(picture));
  }

  /**
   * The picture's patches.
   *
   * @throws PrepareException if one side is over 200 times the other, or there are too many patches
   *     for one array
   */
  public QwenPatches patches(RgbPixels picture) {
    PixelSize size = SmartResize.fetched(new PixelSize(picture.width(), picture.height()));
    RgbPixels fetched = PillowResize.bicubic(picture, size.width(), size.height());
    PixelSize target = resize.processed(size);
    return cut(PillowResize.bicubic(fetched, target.width(), target.height()));
  }

  private QwenPatches cut(RgbPixels picture) {
    int rows = picture.height() / shape.patchSize();
    int columns = picture.width() / shape.patchSize();
    float[] values = allocate(rows, columns);
    int merge = shape.mergeSize();
    int target = 0;
    for (int top = 0; top < rows; top += merge) {
      for (int left = 0; left < columns; left += merge) {
        for (int i = 0; i < merge * merge; i++) {
          fillPatch(picture, top + i / merge, left + i % merge, values, target);
          target += shape.length();
        }
      }
    }
    return new QwenPatches(values, 1, rows, columns);
  }

  private void fillPatch(RgbPixels picture, int row, int column, float[] values, int start) {
    int patch = shape.patchSize();
    int area = patch * patch;
    int target = start;
    for (int channel = 0; channel < RgbPixels.CHANNELS; channel++) {
      for (int i = 0; i < area; i++) {
        int x = column * patch + i % patch;
        int y = row * patch + i / patch;
        values[target + i] = normalizer.value(channel, picture.sample(x, y, channel));
      }
      for (int frame = 1; frame < shape.temporalPatchSize(); frame++) {
        System.arraycopy(values, target, values, target + frame * area, area);
      }
      target += shape.temporalPatchSize() * area;
    }
  }

  private float[] allocate(int rows, int columns) {
    long length = (long) rows * columns * shape.length();
    if (length > Integer.MAX_VALUE - 8) {
      throw new PrepareException(
          "%dx%d patches are too many for one picture; lower max_pixels (it is %d)"
              .formatted(columns, rows, resize.maxPixels()));
    }
    return new float[(int) length];
  }
}
