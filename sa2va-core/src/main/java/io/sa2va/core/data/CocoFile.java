package io.sa2va.core.data;

import io.sa2va.core.train.BrokenRecordException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set in COCO's form: {@code {"images": [{"id", "file_name", …}], "annotations": [{"id",
 * "image_id", …}]}}. Identifiers may be numbers or texts.
 */
final class CocoFile {
  private final RecordFile images;
  private final RecordFile annotations;
  private final Map<String, Integer> imageById;
  private final Map<String, Integer> annotationById = new HashMap<>();
  private final Map<String, List<Integer>> annotationsByImage = new HashMap<>();

  /**
   * Opens a file.
   *
   * @throws io.sa2va.error.InvalidRequestException if it is not there or not of this form
   * @throws BrokenRecordException if a picture or an annotation has no identifier
   */
  CocoFile(Path file) {
    images = RecordFile.ofList(file, "images");
    annotations = RecordFile.ofList(file, "annotations");
    imageById = new HashMap<>();
    images.scan((index, image) -> imageById.put(image.get("id").identifier(), index));
    annotations.scan(
        (index, annotation) -> {
          annotationById.put(annotation.get("id").identifier(), index);
          annotationsByImage
              .computeIfAbsent(annotation.get("image_id").identifier(), id -> new ArrayList<>())
              .add(index);
        });
  }

  int imageCount() {
    return images.size();
  }

  /** A picture by its place in the file. */
  DataRecord imageAt(int index) {
    return images.get(index);
  }

  /**
   * A picture by its identifier.
   *
   * @param field where that stands
   */
  DataRecord image(DataRecord field) {
    return images.get(find(imageById, field, "picture"));
  }

  /** An annotation by its identifier. */
  DataRecord annotation(DataRecord field) {
    return annotations.get(find(annotationById, field, "annotation"));
  }

  /** The annotations of a picture. */
  List<DataRecord> annotationsOf(DataRecord image) {
    return annotationsByImage.getOrDefault(image.get("id").identifier(), List.of()).stream()
        .map(annotations::get)
        .toList();
  }

  private Integer find(Map<String, Integer> byId, DataRecord field, String what) {
    Integer index = byId.get(field.identifier());
    if (index == null) {
      throw field.broken(images + " has no " + what + " " + field.identifier());
    }
    return index;
  }
}
