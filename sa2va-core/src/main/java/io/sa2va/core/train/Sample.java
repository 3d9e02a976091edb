package io.sa2va.core.train;

import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import java.util.List;

/**
 * One conversation to learn from, about nothing, a picture or a video.
 *
 * @param frames none, one picture, or several frames of a video, all of one size
 * @param regions masks of a picture's size that the first question speaks of as region1, region2 …;
 *     none empty
 * @param turns at least one
 * @param objects for each {@code [SEG]} of the answers, in order, the object's mask on each frame;
 *     or empty, where there is nothing to segment
 */
public record Sample(
    List<RgbPixels> frames, List<Mask> regions, List<Turn> turns, List<List<Mask>> objects) {
  public Sample {
    frames = List.copyOf(frames);
    regions = List.copyOf(regions);
    turns = List.copyOf(turns);
    objects = objects.stream().map(List::copyOf).toList();
    if (turns.isEmpty()) {
      throw new IllegalArgumentException("a sample has at least one turn");
    }
    if (frames.isEmpty() && !objects.isEmpty()) {
      throw new IllegalArgumentException("a sample with masks has at least one frame");
    }
    if (!regions.isEmpty() && frames.size() != 1) {
      throw new IllegalArgumentException("a sample with regions has exactly one picture");
    }
    for (Mask region : regions) {
      requireFits(region, frames.get(0));
    }
    for (List<Mask> masks : objects) {
      requireFits(masks, frames);
    }
  }

  private static void requireFits(List<Mask> masks, List<RgbPixels> frames) {
    if (masks.size() != frames.size()) {
      throw new IllegalArgumentException(
          "each object of a sample with %d frames has as many masks, but one has %d"
              .formatted(frames.size(), masks.size()));
    }
    for (int i = 0; i < masks.size(); i++) {
      requireFits(masks.get(i), frames.get(i));
    }
  }

  private static void requireFits(Mask mask, RgbPixels frame) {
    if (mask.width() != frame.width() || mask.height() != frame.height()) {
      throw new IllegalArgumentException(
          "a mask of %dx%d pixels does not fit its frame of %dx%d"
              .formatted(mask.width(), mask.height(), frame.width(), frame.height()));
    }
  }

  /** A conversation about a picture. */
  public static Sample ofPicture(RgbPixels picture, List<Turn> turns, List<Mask> masks) {
    return new Sample(List.of(picture), List.of(), turns, masks.stream().map(List::of).toList());
  }

  /** The masks of all objects on one frame. */
  List<Mask> masksOn(int frame) {
    return objects.stream().map(masks -> masks.get(frame)).toList();
  }
}
