package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A caption some of whose parts have masks, in the making. Not thread-safe.
 *
 * <p>Where parts overlap, which would tear their marks apart, the later one is left out.
 */
final class GroundedCaption {
  private final DataRecord record;
  private final String caption;
  private final List<Part> parts = new ArrayList<>();

  private record Part(int start, int end, Mask mask) {}

  /**
   * A caption without parts.
   *
   * @param record that it is from
   */
  GroundedCaption(DataRecord record, String caption) {
    this.record = record;
    this.caption = caption;
  }

  /**
   * Adds a part.
   *
   * @param span {@code [start, end]} in code points
   */
  void add(DataRecord span, Mask mask) {
    List<DataRecord> ends = span.list();
    int length = caption.codePointCount(0, caption.length());
    if (ends.size() != 2) {
      throw span.broken("should be [start, end]");
    }
    int start = ends.get(0).integer(0);
    int end = Math.min(ends.get(1).integer(0), length);
    if (start >= end) {
      throw span.broken("no part of a caption of %d characters".formatted(length));
    }
    add(caption.offsetByCodePoints(0, start), caption.offsetByCodePoints(0, end), mask);
  }

  /** Adds the part between two places of the text. */
  void add(int start, int end, Mask mask) {
    parts.add(new Part(start, end, mask));
  }

  /**
   * The sample: one of the questions for such captions, drawn, and the caption with its marks.
   *
   * @throws io.sa2va.core.train.BrokenRecordException if no part has a mask
   */
  Sample sample(Image picture, RandomGenerator random) {
    List<Part> apart = apart();
    if (apart.isEmpty()) {
      throw record.broken("no part of the caption has a mask");
    }
    List<Turn> turns = List.of(new Turn(DescriptionWording.question(random), marked(apart)));
    return Sample.ofPicture(
        PictureFile.pixels(picture),
        Pictured.turns(turns),
        apart.stream().map(Part::mask).toList());
  }

  private List<Part> apart() {
    List<Part> apart = new ArrayList<>();
    int end = 0;
    for (Part part : parts.stream().sorted(Comparator.comparingInt(Part::start)).toList()) {
      if (part.start() >= end) {
        apart.add(part);
        end = part.end();
      }
    }
    return apart;
  }

  private String marked(List<Part> apart) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Part part : apart) {
      text.append(caption, at, part.start());
      text.append("<p> ").append(caption, part.start(), part.end()).append(" </p> [SEG]");
      at = part.end();
    }
    return text.append(caption.substring(at)).toString();
  }

  /** The caption without quotation marks and white space at its ends. */
  static String trimmed(String caption) {
    return caption.replaceAll("^\"+|\"+$", "").strip();
  }
}
