package io.sa2va.core.scenes;

import io.sa2va.Image;
import java.util.List;

/** Paints shapes on a background, later ones over earlier ones. */
record SceneRenderer(int width, int height, Background background, Look look) {
  /** A background and a look, drawn. */
  static SceneRenderer of(SceneOptions options, SceneRandom random) {
    int width = options.width();
    int height = options.height();
    return options.varied()
        ? new SceneRenderer(
            width, height, Background.of(random, width, height), Look.varied(random))
        : new SceneRenderer(width, height, Background.plain(random), Look.CLEAN);
  }

  List<Coverage> coverages(List<SceneShape> shapes) {
    return shapes.stream().map(shape -> shape.coverage(width, height)).toList();
  }

  /**
   * Paints one picture.
   *
   * @param shapes from the bottom to the top
   * @param coverages of the shapes
   * @param random for the sensor noise
   */
  Image render(List<SceneShape> shapes, List<Coverage> coverages, SceneRandom random) {
    Canvas canvas = background.paint(width, height);
    for (int i = 0; i < shapes.size(); i++) {
      paint(canvas, shapes.get(i), coverages.get(i));
    }
    return new Camera(look).take(canvas, random);
  }

  private void paint(Canvas canvas, SceneShape shape, Coverage coverage) {
    ShapePaint paint = shape.paint();
    Coverage inside = inside(shape, coverage);
    Pose pose = shape.pose();
    double cos = StrictMath.cos(pose.angle()) / pose.radius();
    double sin = StrictMath.sin(pose.angle()) / pose.radius();
    for (int y = coverage.top(); y < coverage.bottom(); y++) {
      for (int x = coverage.left(); x < coverage.right(); x++) {
        long samples = coverage.at(x, y);
        if (samples == 0) {
          continue;
        }
        double dx = x + 0.5 - pose.x();
        double dy = y + 0.5 - pose.y();
        Rgb fill = paint.at(cos * dx + sin * dy, cos * dy - sin * dx);
        float filled =
            (float) Long.bitCount(samples & inside.orNone(x, y)) / Long.bitCount(samples);
        Rgb color = filled == 1 ? fill : paint.rim().towards(fill, filled);
        canvas.lay(x, y, color, share(samples));
      }
    }
  }

  /** What lies within the rim. */
  private Coverage inside(SceneShape shape, Coverage whole) {
    return shape.paint().rimWidth() == 0
        ? whole
        : shape.at(shape.pose().scaled(1 - shape.paint().rimWidth())).coverage(width, height);
  }

  private float share(long samples) {
    float covered = (float) Long.bitCount(samples) / Coverage.SAMPLES;
    return look.smoothEdges() ? covered : (covered >= 0.5f ? 1 : 0);
  }
}
