package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotaryAxesTest {
  /** One token whose places tell the axes apart. */
  private static float[] ofOneToken(RotaryAxes axes) {
    try (TensorScope scope = TensorScope.open()) {
      PositionIds ids = new PositionIds.Builder().picture(2, 3).build();
      Tensor places = ids.from(10).narrow(0, 5, 1); // time 10, height 11, width 12
      return axes.ofPairs(places).toFloatArray();
    }
  }

  @Test
  void single_anyToken_givesItsTime() {
    assertThat(ofOneToken(RotaryAxes.single())).containsExactly(10);
  }

  @Test
  void blocks_sections_followEachOther() {
    assertThat(ofOneToken(RotaryAxes.blocks(List.of(1, 3, 2))))
        .containsExactly(10, 11, 11, 11, 12, 12);
  }

  @Test
  void interleaved_unevenSections_endInTime() {
    assertThat(ofOneToken(RotaryAxes.interleaved(List.of(4, 2, 1))))
        .containsExactly(10, 11, 12, 10, 11, 10, 10);
  }
}
