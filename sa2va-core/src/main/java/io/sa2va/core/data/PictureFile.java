package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.error.InvalidImageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The pictures that records name. */
final class PictureFile {
  private PictureFile() {}

  /**
   * The file of a name.
   *
   * @throws io.sa2va.core.train.BrokenRecordException if no file can have that name
   */
  static Path resolve(Path folder, DataRecord name) {
    return resolve(folder, name.text(), name);
  }

  /**
   * The file of a name.
   *
   * @param field that the name is made from
   * @throws io.sa2va.core.train.BrokenRecordException if no file can have that name
   */
  static Path resolve(Path folder, String name, DataRecord field) {
    try {
      return folder.resolve(name);
    } catch (InvalidPathException e) {
      throw field.broken("is no name of a file: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a picture.
   *
   * @param name of the picture in its folder
   * @throws io.sa2va.core.train.BrokenRecordException if it cannot be read
   */
  static Image read(Path folder, DataRecord name) {
    return read(folder, name.text(), name);
  }

  /**
   * Reads a picture.
   *
   * @param field that the name is made from
   * @throws io.sa2va.core.train.BrokenRecordException if it cannot be read
   */
  static Image read(Path folder, String name, DataRecord field) {
    try {
      return Image.read(resolve(folder, name, field));
    } catch (InvalidImageException e) {
      throw field.broken(e.getMessage(), e);
    }
  }

  /** The same picture as models take it. */
  static RgbPixels pixels(Image picture) {
    return RgbPixels.of(picture.width(), picture.height(), picture.rgb());
  }
}
