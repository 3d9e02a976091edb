package io.sa2va.core.train.nano;

import io.sa2va.core.scenes.Action;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What there is to see in each cell of a clip's last key frame: what the shape does that covers
 * most of it. Cells that show none, or one that goes out, are not told of.
 */
final class CellActions {
  private static final List<Action> TOLD = Action.told();

  /** How many actions are told apart. */
  static final int ACTIONS = TOLD.size();

  /** Of a cell: of less of a shape it does not speak. */
  private static final float LEAST_COVER = 0.3f;

  /** In place of an action's number: nothing is told. */
  static final int NONE = -1;

  private final int[] actions = new int[TargetDescriptor.CELLS];

  private CellActions() {}

  /** What is to be seen in a frame. */
  static CellActions of(SceneClip clip, int frame) {
    CellActions cells = new CellActions();
    Arrays.fill(cells.actions, NONE);
    float[] best = new float[TargetDescriptor.CELLS];
    Arrays.fill(best, LEAST_COVER);
    for (ShapeFacts shape : clip.shapes()) {
      TargetDescriptor described =
          TargetDescriptor.of(
              List.of(clip.mask(shape.index(), frame)),
              List.of(shape),
              TargetDescriptor.Shift.NONE);
      for (int cell = 0; cell < TargetDescriptor.CELLS; cell++) {
        if (described.covered(cell) > best[cell]) {
          best[cell] = described.covered(cell);
          cells.actions[cell] = number(shape.action());
        }
      }
    }
    return cells;
  }

  /** An action's number from 0, or {@link #NONE} for one that texts do not speak of. */
  static int number(Action action) {
    return TOLD.indexOf(action);
  }

  /** Whether no cell is told of. */
  boolean isEmpty() {
    return Arrays.stream(actions).allMatch(action -> action == NONE);
  }

  /**
   * How wrong it is what cells tell.
   *
   * @param told logits (cells, {@link #ACTIONS})
   */
  Tensor loss(Tensor told) {
    return loss(told, actions);
  }

  /**
   * How wrong it is what some places tell.
   *
   * @param told logits (N, {@link #ACTIONS})
   * @param wanted numbers of actions, N, at least one of them not {@link #NONE}
   */
  static Tensor loss(Tensor told, int[] wanted) {
    long[] places =
        IntStream.range(0, wanted.length).filter(i -> wanted[i] != NONE).asLongStream().toArray();
    long[] numbers =
        Arrays.stream(wanted).filter(action -> action != NONE).asLongStream().toArray();
    return Functional.crossEntropy(
            told.indexSelect(0, Tensors.of(places, places.length)),
            Tensors.of(numbers, numbers.length))
        .div((double) numbers.length);
  }
}
