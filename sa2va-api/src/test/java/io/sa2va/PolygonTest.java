package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Polygon.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolygonTest {
  @Test
  void polygons_block_isItsFourCornersClockwise() {
    Mask mask = Masks.where(6, 5, (x, y) -> x >= 1 && x < 4 && y >= 2 && y < 4);
    assertThat(mask.polygons())
        .containsExactly(
            new Polygon(
                List.of(new Point(1, 2), new Point(4, 2), new Point(4, 4), new Point(1, 4))));
  }

  @Test
  void polygons_ring_hasAHole() {
    Mask mask = Masks.where(5, 5, (x, y) -> x != 2 || y != 2);
    assertThat(mask.polygons()).extracting(Polygon::isHole).containsExactly(false, true);
  }

  @Test
  void polygons_pixelsTouchingAtACorner_areApart() {
    Mask mask = Masks.where(2, 2, (x, y) -> x == y);
    assertThat(mask.polygons()).hasSize(2);
  }

  @Test
  void polygons_nothingSet_areNone() {
    assertThat(Mask.empty(3, 3).polygons()).isEmpty();
  }

  @Test
  void polygons_randomMasks_filledEvenOddGiveTheMaskBack() {
    for (int seed = 0; seed < 200; seed++) {
      Mask mask = Masks.random(seed);
      assertThat(fill(mask.polygons(), mask)).as("seed %d", seed).isEqualTo(mask);
    }
  }

  @Test
  void polygons_randomMasks_haveCornersOnlyWhereTheyTurn() {
    for (int seed = 0; seed < 50; seed++) {
      for (Polygon polygon : Masks.random(seed).polygons()) {
        List<Point> points = polygon.points();
        for (int i = 0; i < points.size(); i++) {
          Point a = points.get(i);
          Point b = points.get((i + 1) % points.size());
          Point c = points.get((i + 2) % points.size());
          assertThat((a.x() == b.x()) != (b.x() == c.x())).as("%s %s %s", a, b, c).isTrue();
        }
      }
    }
  }

  /** A pixel is inside when an odd number of upright edges lie to its left. */
  private static Mask fill(List<Polygon> polygons, Mask size) {
    boolean[] inside = new boolean[size.width() * size.height()];
    for (Polygon polygon : polygons) {
      List<Point> points = polygon.points();
      for (int i = 0; i < points.size(); i++) {
        Point a = points.get(i);
        Point b = points.get((i + 1) % points.size());
        if (a.x() == b.x()) {
          for (int y = Math.min(a.y(), b.y()); y < Math.max(a.y(), b.y()); y++) {
            for (int x = a.x(); x < size.width(); x++) {
              inside[y * size.width() + x] ^= true;
            }
          }
        }
      }
    }
    return Mask.of(size.width(), size.height(), inside);
  }
}
