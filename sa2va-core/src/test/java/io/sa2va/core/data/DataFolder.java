package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import io.sa2va.ffmpeg.VideoWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A folder of small hand-made data. */
record DataFolder(Path folder) {
  /** Writes a text file and returns it. */
  Path json(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a picture of one grey, whatever its name ends in. */
  void picture(String name, int width, int height, int grey) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      grey(width, height, grey).writePng(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Image grey(int width, int height, int grey) {
    byte[] rgb = new byte[3 * width * height];
    Arrays.fill(rgb, (byte) grey);
    return Image.ofRgb(width, height, rgb);
  }

  /** Writes a video whose frame i has the grey 10 + 7i. */
  void video(String name, int width, int height, int frames) {
    try (VideoWriter writer = VideoWriter.open(folder.resolve(name), width, height, 24)) {
      for (int i = 0; i < frames; i++) {
        writer.write(grey(width, height, 10 + 7 * i).rgb());
      }
      writer.finish();
    }
  }

  /** The number of a frame of {@link #video}. */
  static int frameNumber(RgbPixels frame) {
    return Math.round((frame.sample(frame.width() / 2, frame.height() / 2, 0) - 10) / 7f);
  }

  /** A mask of the rows and columns from the first to the last. */
  static Mask box(int width, int height, int left, int top, int right, int bottom) {
    boolean[] set = new boolean[width * height];
    for (int y = top; y <= bottom; y++) {
      Arrays.fill(set, y * width + left, y * width + right + 1, true);
    }
    return Mask.of(width, height, set);
  }

  /** COCO's code as JSON. */
  static String code(Mask mask) {
    String counts = mask.toRle().toCoco().replace("\\", "\\\\");
    return "{\"size\": [%d, %d], \"counts\": \"%s\"}"
        .formatted(mask.height(), mask.width(), counts);
  }

  static Sample sample(Dataset dataset, long index, long seed) {
    return dataset.get(index, new Random(seed));
  }

  static List<String> questions(Sample sample) {
    return sample.turns().stream().map(Turn::question).toList();
  }
}
