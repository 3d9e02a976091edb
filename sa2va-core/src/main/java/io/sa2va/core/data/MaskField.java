package io.sa2va.core.data;

import io.sa2va.Mask;
import io.sa2va.Rle;
import java.util.List;

/**
 * Masks as data sets write them: a list of polygons {@code [x1, y1, x2, y2, …]}, or COCO's
 * run-length code {@code {"size": [h, w], "counts": …}} with its counts as text or as numbers.
 */
final class MaskField {
  private MaskField() {}

  /**
   * Reads the mask of an object.
   *
   * @param field polygons or a code; where polygons overlap the object is still one
   * @param width of the picture
   * @param height of the picture
   * @throws io.sa2va.core.train.BrokenRecordException if it is neither, or of another size
   */
  static Mask read(DataRecord field, int width, int height) {
    try {
      return field.isList() ? polygons(field, width, height) : code(field, width, height);
    } catch (IllegalArgumentException e) {
      throw field.broken(e.getMessage(), e);
    }
  }

  private static Mask polygons(DataRecord field, int width, int height) {
    List<double[]> polygons = field.list().stream().map(DataRecord::numbers).toList();
    return PolygonFill.fill(width, height, polygons);
  }

  private static Mask code(DataRecord field, int width, int height) {
    List<DataRecord> size = field.list("size");
    if (size.size() != 2) {
      throw field.broken("size should be [height, width]");
    }
    int codeHeight = size.get(0).integer(1);
    int codeWidth = size.get(1).integer(1);
    if (codeHeight != height || codeWidth != width) {
      throw field.broken(
          "a mask of %dx%d pixels does not fit its picture of %dx%d"
              .formatted(codeWidth, codeHeight, width, height));
    }
    DataRecord counts = field.get("counts");
    Rle code =
        counts.isText()
            ? Rle.parseCoco(width, height, counts.text())
            : Rle.ofCounts(
                width, height, counts.list().stream().map(count -> count.integer(0)).toList());
    return code.toMask();
  }
}
