package io.sa2va.core.testing;

import io.sa2va.Image;
import io.sa2va.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** A disc that moves over a gradient, drawn when a frame is asked for, so that no frame is kept. */
public final class DrawnVideo implements Video {
  private final int frames;
  private final int width;
  private final int height;
  private final IntConsumer onFrame;
  private final List<Integer> read = new ArrayList<>();

  public DrawnVideo(int frames, int width, int height) {
    this(frames, width, height, frame -> {});
  }

  /**
   * @param onFrame told of each frame that is read
   */
  public DrawnVideo(int frames, int width, int height, IntConsumer onFrame) {
    this.frames = frames;
    this.width = width;
    this.height = height;
    this.onFrame = onFrame;
  }

  /** The frames that were read, in order. */
  public List<Integer> read() {
    return List.copyOf(read);
  }

  @Override
  public Image frame(int index) {
    read.add(index);
    onFrame.accept(index);
    byte[] rgb = new byte[3 * width * height];
    int radius = Math.min(width, height) / 5;
    int centreX = (width * (index % 50)) / 50;
    int centreY = height / 2;
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i += 3) {
        int dx = x - centreX;
        int dy = y - centreY;
        boolean inside = dx * dx + dy * dy < radius * radius;
        rgb[i] = (byte) (inside ? 220 : x * 255 / width);
        rgb[i + 1] = (byte) (inside ? 40 : y * 255 / height);
        rgb[i + 2] = (byte) (inside ? 30 : 90);
      }
    }
    return Image.ofRgb(width, height, rgb);
  }

  @Override
  public int frameCount() {
    return frames;
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
