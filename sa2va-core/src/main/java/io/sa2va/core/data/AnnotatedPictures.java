package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder in Sa2VA's fine-tune format: {@code annotations.json}, a list of {@code {"image":
 * "a.jpg", "mask": [object, …], "text": ["phrase", …]}} where the n-th object, a list of polygons,
 * is what the n-th phrase means, and the pictures in {@code images}. Immutable and safe to share by
 * threads.
 */
public final class AnnotatedPictures {
  private final RecordFile records;
  private final Path images;

  /**
   * A picture and what phrases mean in it.
   *
   * @param file the name of its file
   * @param image the picture
   * @param phrases at least one
   */
  public record AnnotatedPicture(String file, Image image, List<AnnotatedPhrase> phrases) {
    /** Copies the list. */
    public AnnotatedPicture {
      phrases = List.copyOf(phrases);
    }
  }

  /**
   * A phrase and what it means.
   *
   * @param text as it is in the file
   * @param mask of the picture's size
   */
  public record AnnotatedPhrase(String text, Mask mask) {}

  /**
   * Opens a folder.
   *
   * @throws io.sa2va.error.InvalidRequestException if it has no such file, or that is no list or an
   *     empty one
   */
  public AnnotatedPictures(Path folder) {
    records = RecordFile.ofList(folder.resolve("annotations.json")).requireSome();
    images = folder.resolve("images");
  }

  /** How many pictures there are. */
  public int size() {
    return records.size();
  }

  /**
   * Reads a picture.
   *
   * @param index from 0
   * @throws BrokenRecordException if it or its picture is not sound, or it has not as many phrases
   *     as masks, at least one
   */
  public AnnotatedPicture get(int index) {
    DataRecord record = records.get(index);
    List<DataRecord> masks = record.list("mask");
    List<DataRecord> texts = record.list("text");
    if (masks.isEmpty() || masks.size() != texts.size()) {
      throw record.broken(
          "as many phrases as masks are needed, at least one, but there are %d phrases and %d masks"
              .formatted(texts.size(), masks.size()));
    }
    DataRecord name = record.get("image");
    Image image = PictureFile.read(images, name);
    List<AnnotatedPhrase> phrases = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      String text = texts.get(i).text();
      if (text.isBlank()) {
        throw texts.get(i).broken("is empty");
      }
      phrases.add(
          new AnnotatedPhrase(text, MaskField.read(masks.get(i), image.width(), image.height())));
    }
    return new AnnotatedPicture(name.text(), image, phrases);
  }
}
