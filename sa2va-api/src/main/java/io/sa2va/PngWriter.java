package io.sa2va;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG files whole or not at all. */
final class PngWriter {
  private PngWriter() {}

  /** Writes beside the file first, then moves there, so that nobody sees half a file. */
  static void write(BufferedImage picture, Path file) {
    try {
      Path target = file.toAbsolutePath();
      Path folder = target.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw new NoSuchFileException(
            target.toString(), null, "its folder is not there; make it first");
      }
      // Not createTempFile: its files are for the owner's eyes only.
      Path partial = folder.resolve("." + UUID.randomUUID() + ".png.part");
      try {
        try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)) {
          encode(picture, out);
        }
        move(partial, target);
      } finally {
        Files.deleteIfExists(partial);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The picture could not be written to " + file, e);
    }
  }

  /** Writes to a stream and leaves it open. */
  static void write(BufferedImage picture, OutputStream out) {
    try {
      encode(picture, out);
    } catch (IOException e) {
      throw new UncheckedIOException("The picture could not be written to the given stream", e);
    }
  }

  private static void encode(BufferedImage picture, OutputStream out) throws IOException {
    try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(picture, "png", png)) {
        throw new IOException("no PNG writer takes pictures of type " + picture.getType());
      }
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
