package io.sa2va.core.scenes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Image;
import io.sa2va.Mask;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SceneGeneratorTest {
  private static final SceneGenerator WORLD = world(3);

  private static SceneGenerator world(long seed) {
    return new SceneGenerator(seed, SceneOptions.ofSize(72, 64));
  }

  @Test
  void picture_sameSeedAndIndex_isTheSame() {
    Scene first = WORLD.picture(17);
    WORLD.picture(18);
    Scene again = world(3).picture(17);

    assertThat(again.image()).isEqualTo(first.image());
    assertThat(again.shapes()).isEqualTo(first.shapes());
    assertThat(again.samples()).isEqualTo(first.samples());
    assertThat(again.mask(0)).isEqualTo(first.mask(0));
  }

  @Test
  void picture_otherSeedOrIndex_isAnother() {
    Image image = WORLD.picture(17).image();

    assertThat(world(4).picture(17).image()).isNotEqualTo(image);
    assertThat(WORLD.picture(18).image()).isNotEqualTo(image);
    assertThat(WORLD.picture(-17).image()).isNotEqualTo(image);
  }

  /** Holds the world to the same pixels and texts on every machine and JDK. */
  @Test
  void picture_manyScenes_haveTheChecksumOfThisVersion() {
    CRC32 pixels = new CRC32();
    CRC32 texts = new CRC32();
    for (int i = 0; i < 40; i++) {
      Scene scene = WORLD.picture(i);
      pixels.update(scene.image().rgb());
      pixels.update(scene.mask(0).packedRows());
      texts.update(scene.samples().toString().getBytes(UTF_8));
    }
    SceneClip clip = WORLD.clip(0);
    pixels.update(clip.frame(clip.frameCount() - 1).rgb());

    assertThat(pixels.getValue()).isEqualTo(3079863032L);
    assertThat(texts.getValue()).isEqualTo(1398741490L);
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 5", "7, 7"})
  void picture_shapesAsked_hasSoMany(int least, int most) {
    SceneGenerator world =
        new SceneGenerator(1, SceneOptions.ofSize(64, 64).withShapes(least, most));

    assertThat(IntStream.range(0, 200).map(i -> world.picture(i).shapes().size()))
        .allMatch(count -> count >= least && count <= most);
  }

  @ParameterizedTest
  @CsvSource({"32, 32", "33, 47", "200, 64", "64, 200"})
  void picture_anySize_hasMasksOfThatSizeThatDoNotOverlap(int width, int height) {
    SceneGenerator world = new SceneGenerator(1, SceneOptions.ofSize(width, height));
    for (int index = 0; index < 50; index++) {
      Scene scene = world.picture(index);
      assertThat(scene.image().width()).isEqualTo(width);
      assertThat(scene.image().height()).isEqualTo(height);
      Mask seen = Mask.empty(width, height);
      for (int i = 0; i < scene.shapes().size(); i++) {
        assertThat(scene.mask(i).intersection(seen).isEmpty()).isTrue();
        seen = seen.union(scene.mask(i));
      }
    }
  }

  @Test
  void picture_plain_hasEachShapeInItsColorAndTheBackgroundInAnother() {
    SceneGenerator world = new SceneGenerator(2, SceneOptions.ofSize(96, 96).plain());
    for (int index = 0; index < 100; index++) {
      Scene scene = world.picture(index);
      for (ShapeFacts shape : scene.shapes()) {
        assertThat(ColorNamer.name(scene.image(), scene.mask(shape.index())))
            .isEqualTo(shape.color().word());
      }
      Mask background = scene.mask(Target.of(scene.shapes())).inverse();
      assertThat(ColorNamer.name(scene.image(), background)).isEqualTo("dull");
    }
  }

  @Test
  void picture_varied_hasEachClearShapeInItsColor() {
    SceneGenerator world = new SceneGenerator(2, SceneOptions.ofSize(96, 96));
    for (int index = 0; index < 200; index++) {
      Scene scene = world.picture(index);
      List<ShapeFacts> clear = scene.shapes().stream().filter(ShapeFacts::clear).toList();
      for (ShapeFacts shape : clear) {
        assertThat(ColorNamer.name(scene.image(), scene.mask(shape.index())))
            .as("%s of picture %d", shape, index)
            .isEqualTo(shape.color().word());
      }
    }
  }
}
