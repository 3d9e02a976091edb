package io.sa2va.core.train;

import io.sa2va.TrainingLoss;
import io.sa2va.TrainingValidation;
import io.sa2va.error.Sa2VAException;
import io.sa2va.files.AtomicMove;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;

/**
 * A picture of a run's losses over its steps: the sum and its terms, each smoothed over a fiftieth
 * of the run, and validations as dots.
 */
final class LossCurve {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 540;
  private static final int LEFT = 80;
  private static final int RIGHT = 20;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int SMOOTHED_OVER = 50;
  private static final Color GRID = new Color(0xe0e0e0);
  private static final PixelFont FONT = new PixelFont(2);

  private static final List<Line> LINES =
      List.of(
          new Line("TOTAL", new Color(0x222222), TrainingLoss::total),
          new Line("TEXT", new Color(0x1f77b4), TrainingLoss::text),
          new Line("MASK", new Color(0x2ca02c), TrainingLoss::mask),
          new Line("DICE", new Color(0xff7f0e), TrainingLoss::dice));
  private static final Line VALIDATION =
      new Line("VALIDATION", new Color(0xd62728), TrainingLoss::total);

  private final LossHistory history;
  private final Axis steps;
  private final Axis losses;

  private record Line(String name, Color color, ToDoubleFunction<TrainingLoss> value) {}

  private LossCurve(LossHistory history) {
    this.history = history;
    double lastStep = history.steps().stream().mapToLong(LossHistory.Point::step).max().orElse(1);
    this.steps = Axis.upTo(Math.max(lastStep, 1), LEFT, WIDTH - RIGHT);
    this.losses = Axis.upTo(largest(history), HEIGHT - BOTTOM, TOP);
  }

  private static double largest(LossHistory history) {
    double ofSteps =
        history.steps().stream()
            .mapToDouble(point -> point.loss().total())
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    double ofValidations =
        history.validations().stream()
            .mapToDouble(validation -> validation.loss().total())
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    return Math.max(Math.max(ofSteps, ofValidations), 1e-6);
  }

  /**
   * Draws into a PNG file, which appears when it is whole.
   *
   * @throws Sa2VAException if it cannot be written
   */
  static void write(LossHistory history, Path file) {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      ImageIO.write(new LossCurve(history).draw(), "png", partial.toFile());
      AtomicMove.replace(partial, file);
    } catch (IOException e) {
      throw new Sa2VAException("cannot write the picture of losses " + file + ": " + e, e);
    }
  }

  private BufferedImage draw() {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = picture.createGraphics();
    try {
      canvas.setColor(Color.WHITE);
      canvas.fillRect(0, 0, WIDTH, HEIGHT);
      drawAxes(canvas);
      canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      canvas.setStroke(new BasicStroke(2));
      LINES.forEach(line -> drawLine(canvas, line));
      drawValidations(canvas);
      drawLegend(canvas);
      return picture;
    } finally {
      canvas.dispose();
    }
  }

  private void drawAxes(Graphics2D canvas) {
    for (double loss : losses.ticks()) {
      int y = (int) losses.pixel(loss);
      canvas.setColor(GRID);
      canvas.drawLine(LEFT, y, WIDTH - RIGHT, y);
      canvas.setColor(Color.BLACK);
      String label = losses.label(loss);
      FONT.draw(canvas, label, LEFT - 6 - FONT.width(label), y - FONT.height() / 2);
    }
    for (double step : steps.ticks()) {
      int x = (int) steps.pixel(step);
      canvas.setColor(GRID);
      canvas.drawLine(x, TOP, x, HEIGHT - BOTTOM);
      canvas.setColor(Color.BLACK);
      String label = steps.label(step);
      FONT.draw(canvas, label, x - FONT.width(label) / 2, HEIGHT - BOTTOM + 8);
    }
    canvas.drawRect(LEFT, TOP, WIDTH - RIGHT - LEFT, HEIGHT - BOTTOM - TOP);
    FONT.draw(canvas, "STEP", (LEFT + WIDTH - RIGHT) / 2 - FONT.width("STEP") / 2, HEIGHT - 20);
    FONT.draw(canvas, "LOSS", LEFT - 6 - FONT.width("LOSS"), TOP - 20);
  }

  private void drawLine(Graphics2D canvas, Line line) {
    Path2D path = new Path2D.Double();
    double memory = 1 - 1 / Math.max(1.0, history.steps().size() / (double) SMOOTHED_OVER);
    double smooth = Double.NaN;
    for (LossHistory.Point point : history.steps()) {
      double value = line.value().applyAsDouble(point.loss());
      if (!Double.isFinite(value)) {
        continue;
      }
      boolean first = Double.isNaN(smooth);
      smooth = first ? value : memory * smooth + (1 - memory) * value;
      if (first) {
        path.moveTo(steps.pixel((double) point.step()), losses.pixel(smooth));
      }
      path.lineTo(steps.pixel((double) point.step()), losses.pixel(smooth));
    }
    canvas.setColor(line.color());
    canvas.draw(path);
  }

  private void drawValidations(Graphics2D canvas) {
    canvas.setColor(VALIDATION.color());
    for (TrainingValidation validation : history.validations()) {
      double value = VALIDATION.value().applyAsDouble(validation.loss());
      if (Double.isFinite(value)) {
        double x = steps.pixel((double) validation.step());
        canvas.fill(new Ellipse2D.Double(x - 4, losses.pixel(value) - 4, 8, 8));
      }
    }
  }

  private void drawLegend(Graphics2D canvas) {
    int x = LEFT + 40;
    for (Line line : LINES) {
      x = drawName(canvas, line, x);
    }
    if (!history.validations().isEmpty()) {
      drawName(canvas, VALIDATION, x);
    }
  }

  private static int drawName(Graphics2D canvas, Line line, int x) {
    canvas.setColor(line.color());
    canvas.fillRect(x, TOP - 18, 16, 6);
    FONT.draw(canvas, line.name(), x + 22, TOP - 20);
    return x + 22 + FONT.width(line.name()) + 24;
  }
}
