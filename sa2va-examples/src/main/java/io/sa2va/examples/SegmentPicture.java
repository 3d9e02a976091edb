package io.sa2va.examples;

import io.sa2va.Answer;
import io.sa2va.Image;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import java.nio.file.Path;

/** Segments what a prompt names in a picture: {@code SegmentPicture PICTURE FOLDER PROMPT}. */
public final class SegmentPicture {
  private SegmentPicture() {}

  public static void main(String[] args) {
    segment(Path.of(args[0]), Path.of(args[1]), args[2]);
  }

  static Answer segment(Path picture, Path folder, String prompt) {
    // readme:java
    try (Sa2VA sa2va = Sa2VA.loadBundled()) { // or Sa2VA.load("ByteDance/Sa2VA-4B")
      Answer answer = sa2va.chat(Image.read(picture), prompt);
      System.out.println(answer.text()); // Sure, it is [1].
      for (Segment segment : answer.segments()) {
        segment.mask().writePng(folder.resolve("mask" + segment.index() + ".png"));
      }
      return answer;
    }
    // end
  }
}
