package io.sa2va.core.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicTilerTest {
  @Test
  void gridFor_manyPictures_equalsReference() throws IOException {
    for (int[] row : Goldens.rows("tables.json", "tiles")) {
      TileGrid grid = new DynamicTiler(row[2], row[3], 448, true).gridFor(row[0], row[1]);

      assertThat(grid)
          .as("%dx%d, %d..%d", row[0], row[1], row[2], row[3])
          .isEqualTo(new TileGrid(row[4], row[5]));
      assertThat(row[6]).isEqualTo(grid.tiles() == 1 ? 1 : grid.tiles() + 1);
    }
  }

  @Test
  void gridFor_ratioHalfwayBetweenGridsOfOneArea_equalsReference() throws IOException {
    for (int[] row : Goldens.rows("grid_order.json", "halfway")) {
      TileGrid grid = new DynamicTiler(row[2], row[3], 100, true).gridFor(row[0], row[1]);

      assertThat(grid)
          .as("%dx%d, %d..%d", row[0], row[1], row[2], row[3])
          .isEqualTo(new TileGrid(row[4], row[5]));
    }
  }

  @Test
  void candidates_anyBounds_comeInPythonsOrder() throws IOException {
    for (int[] row : Goldens.rows("grid_order.json", "grids")) {
      List<TileGrid> expected = new ArrayList<>();
      for (int i = 2; i < row.length; i += 2) {
        expected.add(new TileGrid(row[i], row[i + 1]));
      }

      assertThat(DynamicTiler.candidates(row[0], row[1]))
          .as("%d..%d", row[0], row[1])
          .isEqualTo(expected);
    }
  }

  @Test
  void tile_severalTiles_areRowsThenThumbnail() {
    RgbPixels picture = gradient(30, 20);

    List<RgbPixels> tiles = new DynamicTiler(6, 6, 10, true).tile(picture);

    assertThat(tiles).hasSize(7);
    assertThat(tiles.get(1).samples()).isEqualTo(picture.crop(10, 0, 10, 10).samples());
    assertThat(tiles.get(3).samples()).isEqualTo(picture.crop(0, 10, 10, 10).samples());
    assertThat(tiles.get(6).samples()).isEqualTo(PillowResize.bicubic(picture, 10, 10).samples());
  }

  @Test
  void tile_oneTile_hasNoThumbnail() {
    assertThat(new DynamicTiler(1, 12, 10, true).tile(gradient(10, 10))).hasSize(1);
  }

  @Test
  void tile_thumbnailOff_givesTilesOnly() {
    assertThat(new DynamicTiler(1, 12, 10, false).tile(gradient(40, 20))).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({"20000,10,12,1", "10,20000,1,12", "1,1,1,1"})
  void gridFor_extremeRatio_isTheLongestGrid(int width, int height, int columns, int rows) {
    assertThat(new DynamicTiler(1, 12, 448, true).gridFor(width, height))
        .isEqualTo(new TileGrid(columns, rows));
  }

  @ParameterizedTest
  @CsvSource({"0,12", "5,4", "1,1025"})
  void constructor_impossibleBounds_areRejected(int minTiles, int maxTiles) {
    assertThatThrownBy(() -> new DynamicTiler(minTiles, maxTiles, 448, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are %d and %d".formatted(minTiles, maxTiles));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -448})
  void constructor_noTileSize_isRejected(int tileSize) {
    assertThatThrownBy(() -> new DynamicTiler(1, 12, tileSize, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("force_image_size");
  }

  private static RgbPixels gradient(int width, int height) {
    byte[] samples = new byte[width * height * RgbPixels.CHANNELS];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 31 % 251);
    }
    return RgbPixels.of(width, height, samples);
  }
}
