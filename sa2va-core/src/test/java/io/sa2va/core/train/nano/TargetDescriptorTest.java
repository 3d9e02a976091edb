package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetDescriptorTest {
  private static final int CELLS = 64;

  private final Scene scene = new SceneGenerator(1, SceneOptions.ofSize(96, 64)).picture(3);
  private final ShapeFacts shape = scene.shapes().get(0);

  @Test
  void of_shape_coversAsMuchAsItsMask() {
    float[] values = describe(TargetDescriptor.Shift.NONE);
    double covered = sum(values, 0, CELLS) / CELLS;
    assertThat(covered).isCloseTo(scene.mask(0).area() / (96.0 * 64), within(1e-5));
  }

  @Test
  void of_shape_hasOneColorAndOneKind() {
    float[] values = describe(TargetDescriptor.Shift.NONE);
    assertThat(values[CELLS + TargetDescriptor.number(shape.color())]).isEqualTo(1);
    assertThat(values[CELLS + 8 + TargetDescriptor.number(shape.kind())]).isEqualTo(1);
    assertThat(sum(values, CELLS, TargetDescriptor.LENGTH)).isEqualTo(2);
  }

  @Test
  void of_shifted_isElsewhereButAsLarge() {
    float[] moved = describe(new TargetDescriptor.Shift(0.05, 0));
    float[] still = describe(TargetDescriptor.Shift.NONE);
    assertThat(moved).isNotEqualTo(still);
    assertThat(sum(moved, 0, CELLS)).isCloseTo(sum(still, 0, CELLS), within(0.5));
  }

  @Test
  void extent_ofAShape_isItsSizeAndMiddle() {
    float[] extent = descriptor(TargetDescriptor.Shift.NONE).extent();
    assertThat((double) extent[0] * extent[0]).isCloseTo(shape.area(), within(1e-3));
    assertThat((double) extent[1]).isCloseTo(shape.x(), within(0.07));
    assertThat((double) extent[2]).isCloseTo(shape.y(), within(0.07));
  }

  @Test
  void together_twoShapes_coversBoth() {
    TargetDescriptor one = descriptor(TargetDescriptor.Shift.NONE);
    TargetDescriptor other =
        TargetDescriptor.of(
            List.of(scene.mask(1)), List.of(scene.shapes().get(1)), TargetDescriptor.Shift.NONE);
    double area = TargetDescriptor.together(List.of(one, other)).extent()[0];
    assertThat(area * area).isCloseTo(shape.area() + scene.shapes().get(1).area(), within(1e-3));
  }

  @Test
  void shares_ofATarget_addUpToOne() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor shares =
          TargetDescriptor.shares(
              TargetDescriptor.stack(List.of(descriptor(TargetDescriptor.Shift.NONE))));
      assertThat(shares.sum().item()).isCloseTo(1, within(1e-5));
    }
  }

  private TargetDescriptor descriptor(TargetDescriptor.Shift shift) {
    return TargetDescriptor.of(List.of(scene.mask(0)), List.of(shape), shift);
  }

  private float[] describe(TargetDescriptor.Shift shift) {
    try (TensorScope scope = TensorScope.open()) {
      return TargetDescriptor.stack(List.of(descriptor(shift))).toFloatArray();
    }
  }

  private static double sum(float[] values, int from, int to) {
    float[] part = Arrays.copyOfRange(values, from, to);
    double sum = 0;
    for (float value : part) {
      sum += value;
    }
    return sum;
  }
}
