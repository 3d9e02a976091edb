package io.sa2va;

import io.sa2va.error.InvalidVideoException;
import java.util.List;

/** A video that holds its frames in memory. */
final class FrameImages implements Video {
  private final List<Image> images;

  FrameImages(List<Image> images) {
    this.images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new InvalidVideoException("A video needs at least one frame, but there was none.");
    }
    for (int i = 1; i < images.size(); i++) {
      FrameSize.check("frame " + i, images.get(i), images.get(0).width(), images.get(0).height());
    }
  }

  @Override
  public int frameCount() {
    return images.size();
  }

  @Override
  public Image frame(int index) {
    return images.get(index);
  }

  @Override
  public int width() {
    return images.get(0).width();
  }

  @Override
  public int height() {
    return images.get(0).height();
  }
}
