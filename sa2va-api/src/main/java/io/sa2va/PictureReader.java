package io.sa2va;

import io.sa2va.PixelConverter.Background;
import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.error.InvalidImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads picture files of any format that ImageIO knows. */
final class PictureReader {
  private PictureReader() {}

  static Image read(Path file, Background background) {
    return read(bytesOf(file), file.toString(), background);
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidImageException(
          "There is no picture file " + file.toAbsolutePath() + "; check the path.", e);
    } catch (IOException e) {
      throw new InvalidImageException(
          "The picture " + file + " cannot be read; check that it is a file you may read.", e);
    } catch (OutOfMemoryError e) {
      throw new InsufficientMemoryException(
          "The file " + file + " is too large to read; raise Java's limit -Xmx.", e);
    }
  }

  /** Reads the first picture, upright. */
  static Image read(byte[] encoded, String source, Background background) {
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw notAPicture();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        Image picture = decode(reader, encoded, background);
        return ExifOrientation.of(encoded).turnUpright(picture);
      } finally {
        reader.dispose();
      }
    } catch (InvalidImageException e) {
      throw new InvalidImageException("Cannot read " + source + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new InsufficientMemoryException(
          "The picture "
              + source
              + " is too large for Java's memory; raise the limit -Xmx or make it smaller.",
          e);
    } catch (IOException | RuntimeException e) {
      // Readers meet damaged files with unchecked exceptions too.
      throw new InvalidImageException(
          "The picture " + source + " is damaged or of an unknown variant: " + e.getMessage(), e);
    }
  }

  private static Image decode(ImageReader reader, byte[] encoded, Background background)
      throws IOException {
    PixelConverter.checkSize(reader.getWidth(0), reader.getHeight(0));
    if (JpegHeader.isJpeg(encoded) && reader.canReadRaster()) {
      return JpegPixels.toImage(reader, JpegHeader.parse(encoded));
    }
    return PixelConverter.toImage(reader.read(0), background);
  }

  private static InvalidImageException notAPicture() {
    TreeSet<String> formats = new TreeSet<>();
    Arrays.stream(ImageIO.getReaderFormatNames())
        .map(name -> name.toUpperCase(Locale.ROOT))
        .forEach(formats::add);
    return new InvalidImageException(
        "it is no picture of a format that can be read here: " + String.join(", ", formats));
  }
}
