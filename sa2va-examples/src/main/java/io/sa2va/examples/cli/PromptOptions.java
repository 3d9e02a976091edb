package io.sa2va.examples.cli;

import io.sa2va.Box;
import io.sa2va.Mask;
import io.sa2va.ObjectPrompt;
import io.sa2va.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Objects shown without words: each mask and each box is one, and all points together are one. */
final class PromptOptions {
  @Option(
      names = "--region",
      paramLabel = "MASK.png",
      description = "A mask of the picture's size.")
  private List<Path> masks = new ArrayList<>();

  @Option(
      names = "--box",
      paramLabel = "x,y,w,h",
      converter = Values.BoxConverter.class,
      description = "A box around an object.")
  private List<Box> boxes = new ArrayList<>();

  @Option(
      names = "--point",
      paramLabel = "x,y[,label]",
      converter = Values.PointConverter.class,
      description = "A point on an object (label 1) or beside it (label 0).")
  private List<ObjectPrompt.Point> points = new ArrayList<>();

  boolean isEmpty() {
    return masks.isEmpty() && boxes.isEmpty() && points.isEmpty();
  }

  /** The objects, in the order masks, boxes, points. */
  List<ObjectPrompt> objects() {
    List<ObjectPrompt> objects = new ArrayList<>();
    masks.forEach(file -> objects.add(region(file)));
    boxes.forEach(box -> objects.add(ObjectPrompt.box(box)));
    if (!points.isEmpty()) {
      objects.add(ObjectPrompt.of(prompt -> points.forEach(point -> add(prompt, point))));
    }
    return objects;
  }

  private static ObjectPrompt region(Path file) {
    Mask mask = Mask.read(file);
    if (mask.isEmpty()) {
      throw new InvalidRequestException(
          "the region mask " + file + " is empty: set at least one pixel");
    }
    return ObjectPrompt.mask(mask);
  }

  private static void add(ObjectPrompt.Builder prompt, ObjectPrompt.Point point) {
    if (point.inside()) {
      prompt.inside(point.x(), point.y());
    } else {
      prompt.outside(point.x(), point.y());
    }
  }
}
