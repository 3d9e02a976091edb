package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleShapesTest {
  private static final int SIDE = 64;

  @Test
  void of_overlap_givesThePixelsToTheUpperShape() {
    List<VisibleShape> visible =
        visible(shape(ShapeKind.CIRCLE, 24, 32, 16), shape(ShapeKind.CIRCLE, 40, 32, 16));

    assertThat(visible.get(0).mask().intersection(visible.get(1).mask()).isEmpty()).isTrue();
    assertThat(visible.get(1).share()).isCloseTo(1, within(0.01));
    assertThat(visible.get(0).share()).isCloseTo(0.609, within(0.01));
    assertThat(visible.get(1).mask().get(32, 32)).isTrue();
    assertThat(visible.get(1).mask().box()).isEqualTo(new Box(24, 16, 32, 32));
  }

  @Test
  void of_hiddenShape_isNotClear() {
    List<VisibleShape> visible =
        visible(shape(ShapeKind.CIRCLE, 32, 32, 10), shape(ShapeKind.CIRCLE, 32, 32, 12));

    assertThat(visible.get(0).mask().isEmpty()).isTrue();
    assertThat(visible.get(0).clear()).isFalse();
    assertThat(visible.get(1).clear()).isTrue();
  }

  @Test
  void of_shapeInRing_showsWhole() {
    List<VisibleShape> visible =
        visible(shape(ShapeKind.CIRCLE, 32, 32, 8), shape(ShapeKind.RING, 32, 32, 20));

    assertThat(visible.get(0).share()).isCloseTo(1, within(0.01));
    assertThat(visible.get(1).mask().get(32, 32)).isFalse();
  }

  private static SceneShape shape(ShapeKind kind, double x, double y, double radius) {
    ShapePaint paint = ShapePaint.flat(new Rgb(255, 0, 0));
    return new SceneShape(kind, ShapeColor.RED, paint, new Pose(x, y, radius, 0));
  }

  private static List<VisibleShape> visible(SceneShape... shapes) {
    List<Coverage> coverages =
        List.of(shapes).stream().map(shape -> shape.coverage(SIDE, SIDE)).toList();
    return VisibleShapes.of(List.of(shapes), coverages, SIDE, SIDE);
  }
}
