package io.sa2va.core.scenes;

import java.util.Arrays;
import java.util.List;

/**
 * The kinds and colours a scene draws from: often few, so that shapes share them and telling them
 * apart takes more than one word.
 */
record Cast(List<ShapeKind> kinds, List<ShapeColor> colors) {
  static Cast of(SceneRandom random) {
    return new Cast(some(ShapeKind.values(), random), some(ShapeColor.values(), random));
  }

  private static <T> List<T> some(T[] all, SceneRandom random) {
    int count = random.chance(0.5) ? random.between(2, 4) : all.length;
    return random.shuffled(Arrays.asList(all)).subList(0, count);
  }

  SceneShape shape(SceneRandom random, boolean varied, Pose pose) {
    ShapeKind kind = random.pick(kinds);
    ShapeColor color = random.pick(colors);
    ShapePaint paint =
        varied ? ShapePaint.varied(color, random) : ShapePaint.flat(color.tint(random));
    double turn = random.between(-kind.mostTurn(), kind.mostTurn());
    return new SceneShape(kind, color, paint, pose.turned(turn));
  }
}
