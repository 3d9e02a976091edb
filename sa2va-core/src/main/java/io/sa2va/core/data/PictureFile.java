package io.sa2va.core.data;

import io.sa2va.Image;
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
    try {
      return folder.resolve(name.text());
    } catch (InvalidPathException e) {
      throw name.broken("is no name of a file: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a picture.
   *
   * @param name of the picture in its folder
   * @throws io.sa2va.core.train.BrokenRecordException if it cannot be read
   */
  static Image read(Path folder, DataRecord name) {
    try {
      return Image.read(resolve(folder, name));
    } catch (InvalidImageException e) {
      throw name.broken(e.getMessage(), e);
    }
  }
}
