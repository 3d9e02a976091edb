package io.sa2va.ffmpeg;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * The pictures of all test videos: a red disc on a gradient that turns bluer, so that each frame
 * tells which it is. The videos in the resources were made of the same, by x264, x265, libvpx (two
 * passes) and SVT-AV1.
 */
final class MovingDisc {
  static final int WIDTH = 96;
  static final int HEIGHT = 64;
  static final int COUNT = 24;

  private MovingDisc() {}

  static byte[] picture(int index) {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int dx = x - 12 - 3 * index;
        int dy = y - 20 - index;
        boolean disc = dx * dx + dy * dy < 81;
        int at = 3 * (y * WIDTH + x);
        rgb[at] = (byte) (disc ? 240 : 40 + x);
        rgb[at + 1] = (byte) (disc ? 60 : 200 - 2 * y);
        rgb[at + 2] = (byte) (disc ? 40 : 60 + 5 * index);
      }
    }
    return rgb;
  }

  /** Writes all pictures; with B-frames where the codec has them. */
  static Path write(Path file, String codec) {
    int bFrames = codec.equals("mpeg4") ? 2 : 0;
    Encoding encoding = new Encoding(codec, avutil.AV_PIX_FMT_YUV420P, 8, bFrames);
    try (VideoWriter writer = VideoWriter.open(file, WIDTH, HEIGHT, 12, encoding)) {
      for (int i = 0; i < COUNT; i++) {
        writer.write(picture(i));
      }
      writer.finish();
    }
    return file;
  }

  /** Peak signal to noise in dB. */
  static double psnr(byte[] picture, byte[] other) {
    double sum = 0;
    for (int i = 0; i < picture.length; i++) {
      double error = (picture[i] & 0xFF) - (other[i] & 0xFF);
      sum += error * error;
    }
    return 10 * Math.log10(255 * 255 * picture.length / sum);
  }
}
