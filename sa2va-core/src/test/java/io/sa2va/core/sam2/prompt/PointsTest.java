package io.sa2va.core.sam2.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.TensorScope;
import org.junit.jupiter.api.Test;

class PointsTest {
  @Test
  void followedBy_severalObjects_keepsEachObjectsPointsTogether() {
    Points first = new Points(2, new float[] {1, 2, 3, 4}, new int[] {1, 0});
    Points joined = first.followedBy(new Points(2, new float[] {5, 6, 7, 8}, new int[] {2, 3}));
    try (TensorScope scope = TensorScope.open()) {
      assertThat(joined.centres(1).toFloatArray())
          .containsExactly(1.5f, 2.5f, 5.5f, 6.5f, 3.5f, 4.5f, 7.5f, 8.5f);
      assertThat(joined.labelRows().toLongArray()).containsExactly(2, 3, 1, 4);
    }
  }

  @Test
  void scaled_wideVideo_scalesEachAxisByItsOwn() {
    Points points = Points.box(0, 50, 200, 100).scaled(200, 100, 64);
    try (TensorScope scope = TensorScope.open()) {
      assertThat(points.centres(64).toFloatArray())
          .containsExactly(0.5f / 64, 32.5f / 64, 64.5f / 64, 64.5f / 64);
    }
  }

  @Test
  void constructor_unevenOrUnknown_saysSo() {
    assertThatThrownBy(() -> new Points(2, new float[] {1, 2, 3, 4, 5, 6}, new int[] {1, 1, 1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Points(1, new float[] {1, 2}, new int[] {4}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4");
  }
}
