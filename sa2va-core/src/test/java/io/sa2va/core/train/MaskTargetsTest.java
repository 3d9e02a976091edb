package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Mask;
import io.sa2va.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskTargetsTest {
  @Test
  void covered_shrunkColumns_areOneWhereHalfACellIs() {
    Mask left = columns(0, 6);
    Mask right = columns(6, 12);
    try (TensorScope scope = TensorScope.open()) {
      float[] targets = MaskTargets.covered(List.of(left, right), 1, 4).toFloatArray();
      assertThat(targets).containsExactly(1, 1, 0, 0, 0, 0, 1, 1);
    }
  }

  @Test
  void covered_mirroredMask_givesMirroredTargets() {
    try (TensorScope scope = TensorScope.open()) {
      float[] targets =
          MaskTargets.covered(List.of(columns(1, 4), columns(8, 11)), 1, 4).toFloatArray();
      for (int cell = 0; cell < 4; cell++) {
        assertThat(targets[cell]).isEqualTo(targets[7 - cell]);
      }
    }
  }

  /** A mask of 12×12 pixels of some of its columns. */
  private static Mask columns(int from, int to) {
    boolean[] set = new boolean[144];
    for (int y = 0; y < 12; y++) {
      Arrays.fill(set, y * 12 + from, y * 12 + to, true);
    }
    return Mask.of(12, 12, set);
  }
}
