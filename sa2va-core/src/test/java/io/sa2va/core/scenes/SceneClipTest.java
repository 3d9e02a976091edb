package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SceneClipTest {
  private static final SceneGenerator WORLD =
      new SceneGenerator(6, SceneOptions.ofSize(64, 48).withFrames(8, 20));

  @Test
  void frame_sameIndex_isTheSameAndOfTheClipsSize() {
    SceneClip clip = WORLD.clip(2);

    assertThat(clip.frame(3)).isEqualTo(WORLD.clip(2).frame(3)).isNotEqualTo(clip.frame(4));
    assertThat(clip.frameCount()).isBetween(8, 20);
    assertThat(clip.width()).isEqualTo(64).isEqualTo(clip.frame(0).width());
    assertThat(clip.height()).isEqualTo(48).isEqualTo(clip.frame(0).height());
  }

  @Test
  void frame_beyondTheEnd_isRefused() {
    SceneClip clip = WORLD.clip(2);

    assertThatThrownBy(() -> clip.frame(clip.frameCount()))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shapes_manyClips_areTwoToFive() {
    assertThat(IntStream.range(0, 200).map(i -> WORLD.clip(i).shapes().size()).distinct().sorted())
        .containsExactly(2, 3, 4, 5);
  }

  @Test
  void masks_target_joinsItsShapesInEveryFrame() {
    SceneClip clip = WORLD.clip(2);

    assertThat(clip.masks(new Target(List.of(0, 1))))
        .hasSize(clip.frameCount())
        .element(5)
        .isEqualTo(clip.mask(0, 5).union(clip.mask(1, 5)));
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void mask_anyAction_showsIt(Action action) {
    int seen = 0;
    for (int index = 0; index < 150; index++) {
      SceneClip clip = WORLD.clip(index);
      for (ShapeFacts shape : clip.shapes()) {
        if (shape.action() == action && isNeverUnderOthers(clip, shape)) {
          seen++;
          assertThat(shows(clip, shape)).as("%s of clip %d", shape, index).isTrue();
        }
      }
    }
    assertThat(seen).isGreaterThan(5);
  }

  /** The topmost shape is never under another. */
  private static boolean isNeverUnderOthers(SceneClip clip, ShapeFacts shape) {
    return shape.index() == clip.shapes().size() - 1;
  }

  private static boolean shows(SceneClip clip, ShapeFacts shape) {
    List<Integer> areas = new ArrayList<>();
    IntStream.range(0, clip.frameCount())
        .forEach(frame -> areas.add(clip.mask(shape.index(), frame).area()));
    int first = areas.get(0);
    int last = areas.get(areas.size() - 1);
    boolean wasOutside = areas.contains(0);
    if (shape.action() == Action.LEAVES) {
      return last == 0;
    }
    if (shape.action() == Action.RETURNS) {
      return wasOutside && last > 0;
    }
    Box start = clip.mask(shape.index(), 0).box();
    Box end = clip.mask(shape.index(), clip.frameCount() - 1).box();
    if (wasOutside || start == null || end == null) {
      return false;
    }
    int right = end.x() + end.width() / 2 - start.x() - start.width() / 2;
    int down = end.y() + end.height() / 2 - start.y() - start.height() / 2;
    return switch (shape.action()) {
      case MOVES_LEFT -> right < -15 && Math.abs(down) <= 1;
      case MOVES_RIGHT -> right > 15 && Math.abs(down) <= 1;
      case MOVES_UP -> down < -10 && Math.abs(right) <= 1;
      case MOVES_DOWN -> down > 10 && Math.abs(right) <= 1;
      case GROWS -> last > 2 * first && Math.abs(right) + Math.abs(down) <= 4;
      case SHRINKS -> 2 * last < first && Math.abs(right) + Math.abs(down) <= 4;
      case STAYS -> sameMaskThroughout(clip, shape);
      case TURNS -> !sameMaskThroughout(clip, shape) && Math.abs(first - last) < 0.3 * first;
      default -> false;
    };
  }

  private static boolean sameMaskThroughout(SceneClip clip, ShapeFacts shape) {
    return clip.masks(Target.of(shape)).stream()
        .allMatch(mask -> mask.equals(clip.mask(shape.index(), 0)));
  }
}
