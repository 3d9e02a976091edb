package io.sa2va.core.engine;

import io.sa2va.Box;
import io.sa2va.Mask;
import io.sa2va.ObjectPrompt;
import io.sa2va.core.finish.MaskBits;
import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns callers' prompts into SAM2's, and SAM2's logits into masks, for pictures of one size. */
final class PromptedObjects {
  private final int width;
  private final int height;
  private final int imageSize;

  /**
   * For one size.
   *
   * @param imageSize side of SAM2's square picture
   */
  PromptedObjects(int width, int height, int imageSize) {
    this.width = width;
    this.height = height;
    this.imageSize = imageSize;
  }

  /**
   * Box corners and points, in pixels of SAM2's picture.
   *
   * @throws InvalidRequestException if one lies outside the picture
   */
  Points points(ObjectPrompt prompt) {
    List<Float> places = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    @Nullable Box box = prompt.box();
    if (box != null) {
      add(places, labels, box.x(), box.y(), Points.BOX_TOP_LEFT);
      add(places, labels, box.x() + box.width(), box.y() + box.height(), Points.BOX_BOTTOM_RIGHT);
    }
    for (ObjectPrompt.Point point : prompt.points()) {
      add(places, labels, point.x(), point.y(), point.inside() ? Points.POSITIVE : Points.NEGATIVE);
    }
    float[] coordinates = new float[places.size()];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = places.get(i);
    }
    int[] kinds = labels.stream().mapToInt(Integer::intValue).toArray();
    return new Points(1, coordinates, kinds).scaled(width, height, imageSize);
  }

  private void add(List<Float> places, List<Integer> labels, double x, double y, int label) {
    if (x > width || y > height) {
      throw new InvalidRequestException(
          "the prompt reaches to (%s, %s), but the picture is %dx%d"
              .formatted(x, y, width, height));
    }
    places.add((float) x);
    places.add((float) y);
    labels.add(label);
  }

  /**
   * A mask as 1 inside and 0 outside (1, 1, H, W).
   *
   * @throws InvalidRequestException if it is not of the picture's size
   */
  Tensor mask(Mask mask) {
    if (mask.width() != width || mask.height() != height) {
      throw new InvalidRequestException(
          "the mask of a prompt is %dx%d, but the picture is %dx%d; draw it at the picture's size"
              .formatted(mask.width(), mask.height(), width, height));
    }
    float[] values = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        values[y * width + x] = mask.get(x, y) ? 1 : 0;
      }
    }
    return Tensors.of(values, 1, 1, height, width);
  }

  /** The mask of one object's logits (1, 1, s, s), at the picture's size. */
  Mask cutOut(Tensor logits) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor resized = Functional.resizeBilinear(logits.to(DType.FLOAT32), height, width);
      return MaskBits.above0(resized.toFloatArray(), width, height);
    }
  }
}
