package io.sa2va.core.scenes;

/** How one shape of a picture lies to another. */
enum Relation {
  LEFT_OF("left of") {
    @Override
    Fit fit(ShapeFacts a, ShapeFacts b, double aspect) {
      return along((b.x() - a.x()) * aspect, b.y() - a.y());
    }
  },
  RIGHT_OF("right of") {
    @Override
    Fit fit(ShapeFacts a, ShapeFacts b, double aspect) {
      return LEFT_OF.fit(b, a, aspect);
    }
  },
  ABOVE("above") {
    @Override
    Fit fit(ShapeFacts a, ShapeFacts b, double aspect) {
      return along(b.y() - a.y(), (b.x() - a.x()) * aspect);
    }
  },
  BELOW("below") {
    @Override
    Fit fit(ShapeFacts a, ShapeFacts b, double aspect) {
      return ABOVE.fit(b, a, aspect);
    }
  },
  INSIDE("inside") {
    @Override
    Fit fit(ShapeFacts a, ShapeFacts b, double aspect) {
      if (b.kind() != ShapeKind.RING) {
        return Fit.NO;
      }
      double shorterSide = Math.min(aspect, 1);
      double dx = (b.x() - a.x()) * aspect;
      double dy = b.y() - a.y();
      double distance = Math.sqrt(dx * dx + dy * dy) / shorterSide;
      double hole = ShapeKind.RING_HOLE * b.radius();
      return Fit.above(-(distance + a.radius()), -hole, -b.radius());
    }
  };

  /** Of the picture's height: shapes are surely left of each other from here on. */
  private static final double CLEARLY = 0.12;

  /** Nearly level shapes are in doubt. */
  private static final double BARELY = 0.02;

  private final String words;

  Relation(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /**
   * Whether {@code a} lies so to {@code b}.
   *
   * @param aspect the picture's width, of its height
   */
  abstract Fit fit(ShapeFacts a, ShapeFacts b, double aspect);

  /** By how far it lies along the asked direction, and how far across it. */
  private static Fit along(double ahead, double aside) {
    Fit fit = Fit.above(ahead, CLEARLY, -BARELY);
    return fit == Fit.YES && ahead < 0.6 * Math.abs(aside) ? Fit.UNSURE : fit;
  }
}
