package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.ShapeFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellLabelsTest {
  private final Scene scene = new SceneGenerator(1, SceneOptions.ofSize(128, 128)).picture(0);

  @Test
  void of_wholePicture_namesTheColorsAndFormsThatShow() {
    CellLabels labels = CellLabels.of(scene, new CellLabels.Crop(0, 0, 128, 128));
    List<Integer> cells = labels.cells(true);
    for (ShapeFacts shape : scene.shapes()) {
      if (shape.clear()) {
        assertThat(labels.colors(cells)).contains(1 + TargetDescriptor.number(shape.color()));
        assertThat(labels.kinds(cells)).contains(1 + TargetDescriptor.number(shape.kind()));
      }
    }
  }

  @Test
  void cells_withAndWithoutShapes_areAll() {
    CellLabels labels = CellLabels.of(scene, new CellLabels.Crop(0, 0, 128, 128));
    assertThat(labels.cells(true).size() + labels.cells(false).size()).isEqualTo(CellLabels.CELLS);
    assertThat(labels.colors(labels.cells(false))).containsOnly(0);
  }

  @Test
  void places_ofAShape_leadToItsCentre() {
    CellLabels labels = CellLabels.of(scene, new CellLabels.Crop(0, 0, 128, 128));
    ShapeFacts top = scene.shapes().get(scene.shapes().size() - 1);
    // the cell under the centre of the top shape, counted token by token
    int column = (int) (top.x() * 16);
    int row = (int) (top.y() * 16);
    int place = (row / 2 * 8 + column / 2) * 4 + row % 2 * 2 + column % 2;
    float[] way = labels.places(List.of(place));
    assertThat(Math.abs(way[0])).isLessThan(4f / 16);
    assertThat(Math.abs(way[1])).isLessThan(4f / 16);
  }
}
