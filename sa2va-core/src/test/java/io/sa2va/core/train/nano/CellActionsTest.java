package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Mask;
import io.sa2va.core.scenes.Action;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class CellActionsTest {
  private static final int LAST = 4;
  private static final int CELL = 16;
  private static final double SURE = 100;

  @Test
  void loss_eachCellTellsOfTheShapeThatCoversMostOfIt_isZero() {
    int told = 0;
    for (int number = 0; number < 20; number++) {
      SceneClip clip =
          new SceneGenerator(5, SceneOptions.ofSize(128, 128).withFrames(12, 12)).clip(number);
      CellActions actions = CellActions.of(clip, LAST);
      if (!actions.isEmpty()) {
        told++;
        assertThat(loss(actions, logits(clip, 0))).isZero();
        assertThat(loss(actions, logits(clip, 1))).isEqualTo(SURE);
      }
    }
    assertThat(told).isGreaterThan(10);
  }

  private static double loss(CellActions actions, float[] logits) {
    try (TensorScope scope = TensorScope.open()) {
      return actions.loss(Tensors.of(logits, TargetDescriptor.CELLS, CellActions.ACTIONS)).item();
    }
  }

  /** Sure of the action of the shape that covers most of each cell, or of one after it. */
  private static float[] logits(SceneClip clip, int off) {
    float[] logits = new float[TargetDescriptor.CELLS * CellActions.ACTIONS];
    for (int cell = 0; cell < TargetDescriptor.CELLS; cell++) {
      int at = cell;
      ShapeFacts most =
          clip.shapes().stream()
              .max(Comparator.comparingInt(shape -> pixels(clip.mask(shape.index(), LAST), at)))
              .orElseThrow();
      int action = Action.told().indexOf(most.action());
      if (action >= 0) {
        logits[cell * CellActions.ACTIONS + (action + off) % CellActions.ACTIONS] = (float) SURE;
      }
    }
    return logits;
  }

  private static int pixels(Mask mask, int cell) {
    int pixels = 0;
    for (int i = 0; i < CELL * CELL; i++) {
      pixels += mask.get(cell % 8 * CELL + i % CELL, cell / 8 * CELL + i / CELL) ? 1 : 0;
    }
    return pixels;
  }
}
