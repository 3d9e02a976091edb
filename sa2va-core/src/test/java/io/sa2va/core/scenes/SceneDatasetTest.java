package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.Image;
import io.sa2va.Mask;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneDatasetTest {
  private static final int COUNT = 12;
  private static final int SIZE = 64;

  @TempDir Path folder;

  @Test
  void write_scenes_givesPicturesAndPolygonsThatFillTheMasks() throws IOException {
    SceneDataset.write(folder, 8, COUNT, SIZE);

    JsonNode items = new JsonMapper().readTree(folder.resolve("annotations.json").toFile());
    assertThat(items).hasSize(COUNT);
    SceneGenerator world = new SceneGenerator(8, SceneOptions.ofSize(SIZE, SIZE));
    for (int i = 0; i < COUNT; i++) {
      JsonNode item = items.get(i);
      Scene scene = world.picture(i);
      Path file = folder.resolve("images").resolve(item.get("image").textValue());
      assertThat(Image.read(file)).isEqualTo(scene.image());
      checkPhrases(item, scene);
    }
  }

  private static void checkPhrases(JsonNode item, Scene scene) {
    PhraseReader reader = PhraseReader.of(scene.shapes(), scene::mask);
    assertThat(item.get("text")).hasSameSizeAs(item.get("mask")).isNotEmpty();
    for (int k = 0; k < item.get("text").size(); k++) {
      List<Integer> meant = reader.read("the " + item.get("text").get(k).textValue());
      assertThat(meant).hasSize(1);
      assertThat(filled(item.get("mask").get(k))).isEqualTo(scene.mask(meant.get(0)));
    }
  }

  /** Fills each polygon by itself; no pixel may lie in two. */
  private static Mask filled(JsonNode polygons) {
    Mask mask = Mask.empty(SIZE, SIZE);
    for (JsonNode polygon : polygons) {
      Path2D.Double path = new Path2D.Double();
      path.moveTo(polygon.get(0).intValue(), polygon.get(1).intValue());
      for (int i = 2; i < polygon.size(); i += 2) {
        path.lineTo(polygon.get(i).intValue(), polygon.get(i + 1).intValue());
      }
      path.closePath();
      boolean[] inside = new boolean[SIZE * SIZE];
      for (int i = 0; i < inside.length; i++) {
        int row = i / SIZE;
        inside[i] = path.contains(i % SIZE + 0.5, row + 0.5);
      }
      Mask part = Mask.of(SIZE, SIZE, inside);
      assertThat(part.intersection(mask).isEmpty()).isTrue();
      mask = mask.union(part);
    }
    return mask;
  }

  @Test
  void write_negativeCount_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SceneDataset.write(folder, 8, -1, SIZE))
        .withMessage("count must be at least 0, but was -1");
  }
}
