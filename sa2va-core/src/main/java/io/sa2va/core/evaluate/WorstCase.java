package io.sa2va.core.evaluate;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Overlay;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * An answer that was not perfect, to look at. Immutable.
 *
 * @param kind what was asked for, in lower case, such as {@code relation}
 * @param name which picture or clip, such as {@code picture 12} or {@code clip 3, frame 17}
 * @param score of the answer, 0 to below 1
 * @param prompt what was asked
 * @param expected what the model should have said, with special tokens
 * @param answer what it said, with special tokens
 * @param picture the picture, or the frame on which the answer is worst
 * @param regions masks that went with the prompt
 * @param targets the true masks on the picture
 * @param predicted the masks that the model drew
 */
public record WorstCase(
    String kind,
    String name,
    double score,
    String prompt,
    String expected,
    String answer,
    Image picture,
    List<Mask> regions,
    List<Mask> targets,
    List<Mask> predicted) {
  private static final int GAP = 8;

  /** Copies the lists. */
  public WorstCase {
    regions = List.copyOf(regions);
    targets = List.copyOf(targets);
    predicted = List.copyOf(predicted);
  }

  /**
   * Draws the true masks and beside them the model's.
   *
   * @return both with a gap between; where there are no masks, the picture once with its regions
   */
  public BufferedImage draw() {
    if (targets.isEmpty() && predicted.isEmpty()) {
      return Overlay.standard().draw(picture, regions);
    }
    BufferedImage both =
        new BufferedImage(2 * picture.width() + GAP, picture.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = both.createGraphics();
    canvas.drawImage(Overlay.standard().draw(picture, targets), 0, 0, null);
    canvas.drawImage(Overlay.standard().draw(picture, predicted), picture.width() + GAP, 0, null);
    canvas.dispose();
    return both;
  }
}
