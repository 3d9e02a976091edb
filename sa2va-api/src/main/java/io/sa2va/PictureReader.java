package io.sa2va;

import io.sa2va.error.InvalidImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Reads picture files of any format that ImageIO knows. */
final class PictureReader {
  private PictureReader() {}

  static Image read(Path file) {
    try {
      return read(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new InvalidImageException("The picture " + file + " cannot be read.", e);
    }
  }

  static Image read(byte[] encoded, String source) {
    try {
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(encoded));
      if (picture == null) {
        throw new InvalidImageException(source + " is no picture of a known format.");
      }
      return PixelConverter.toImage(picture);
    } catch (IOException e) {
      throw new InvalidImageException("The picture " + source + " is damaged.", e);
    }
  }
}
