package io.sa2va;

import io.sa2va.error.InvalidVideoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A video whose frames are picture files, each read when asked for. */
final class FrameFiles implements Video {
  /** No hidden files: some systems leave one of those beside each picture. */
  private static final Pattern PICTURE_NAME =
      Pattern.compile("[^.].*\\.(png|jpe?g|bmp|gif|webp)", Pattern.CASE_INSENSITIVE);

  private final List<Path> files;
  private final int width;
  private final int height;

  /** Reads the first frame for the size. */
  FrameFiles(List<Path> files) {
    this.files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new InvalidVideoException("A video needs at least one frame, but there was none.");
    }
    Image first = Image.read(files.get(0));
    width = first.width();
    height = first.height();
  }

  static FrameFiles inFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> pictures =
          entries
              .filter(entry -> isPicture(entry))
              .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
              .toList();
      if (pictures.isEmpty()) {
        throw new InvalidVideoException(
            "The folder "
                + folder
                + " has no frames; put picture files there that end in png, jpg, jpeg, bmp, gif or"
                + " webp.");
      }
      return new FrameFiles(pictures);
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidVideoException(
          "The folder of frames " + folder + " cannot be read; check that it is there.", e);
    }
  }

  private static boolean isPicture(Path entry) {
    return PICTURE_NAME.matcher(entry.getFileName().toString()).matches()
        && Files.isRegularFile(entry);
  }

  @Override
  public int frameCount() {
    return files.size();
  }

  @Override
  public Image frame(int index) {
    Image frame = Image.read(files.get(index));
    FrameSize.check("frame " + index + " (" + files.get(index) + ")", frame, width, height);
    return frame;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }
}
