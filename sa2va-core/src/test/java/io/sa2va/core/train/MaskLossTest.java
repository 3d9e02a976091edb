package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sa2va.Mask;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskLossTest {
  /** Numbers of the reference's own functions. */
  @Test
  void of_twoSmallMasks_givesTheReferencesNumbers() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = Tensors.of(new float[] {2, -1, 0.5f, -3, 0, 1, -2, 4}, 2, 2, 2);
      Tensor targets = Tensors.of(new float[] {1, 0, 1, 0, 0, 0, 0, 1}, 2, 2, 2);
      MaskLoss.Terms whole = new WholeMaskLoss().of(logits, targets, 2);
      assertThat(whole.dice().item()).isCloseTo(0.1211277, within(2e-5));
      assertThat(whole.crossEntropy().item()).isCloseTo(0.7785755, within(2e-5));
    }
  }

  @Test
  void of_partOfABatch_isItsPartOfTheMean() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = Tensors.randn(DType.FLOAT32, Device.CPU, 3, 4, 4);
      Tensor targets = logits.gt(0.5).to(DType.FLOAT32);
      WholeMaskLoss loss = new WholeMaskLoss();
      double all = loss.of(logits, targets, 3).crossEntropy().item();
      double first =
          loss.of(logits.narrow(0, 0, 1), targets.narrow(0, 0, 1), 3).crossEntropy().item();
      double others =
          loss.of(logits.narrow(0, 1, 2), targets.narrow(0, 1, 2), 3).crossEntropy().item();
      assertThat(first + others).isCloseTo(all, within(1e-6));
    }
  }

  @Test
  void sample_pointsOfARamp_areBilinearWithZerosAround() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor ramp = Tensors.arange(16, DType.FLOAT32, Device.CPU).view(1, 4, 4);
      Tensor points =
          Tensors.of(new float[] {0, 0, 0.5f, 0.5f, 0.125f, 0.125f, 1, 1, 0.3f, 0.9f}, 1, 5, 2);
      assertThat(PointMaskLoss.sample(ramp, points).toFloatArray())
          .containsExactly(new float[] {0, 7.5f, 0, 3.75f, 11.43f}, within(1e-4f));
    }
  }

  @Test
  void at_givenPoints_givesTheReferencesLosses() {
    try (TensorScope scope = TensorScope.open();
        TrainingFixture fixture = new TrainingFixture()) {
      Tensor logits = fixture.golden().tensor("pred_masks");
      Tensor targets = fixture.golden().tensor("target_masks").to(DType.FLOAT32);
      Tensor points = fixture.golden().tensor("points");
      fixture.golden().assertClose(PointMaskLoss.sample(logits, points), "sampled_logits", 1e-5);
      fixture.golden().assertClose(PointMaskLoss.sample(targets, points), "sampled_targets", 1e-5);
      MaskLoss.Terms terms = PointMaskLoss.at(points, logits, targets, 5);
      assertThat(terms.crossEntropy().item())
          .isCloseTo(fixture.number("sampled", "loss_mask"), withinPercentage(0.001));
      assertThat(terms.dice().item())
          .isCloseTo(fixture.number("sampled", "loss_dice"), withinPercentage(0.001));
    }
  }

  @Test
  void points_halfOfTheMapIsSure_mostAreInTheOther() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor left = Tensors.full(0.1, DType.FLOAT32, Device.CPU, 2, 8, 4);
      Tensor right = Tensors.full(9, DType.FLOAT32, Device.CPU, 2, 8, 4);
      Tensors.manualSeed(1);
      Tensor points = new UncertainPoints(400, 3, 0.75).points(Tensors.cat(2, left, right));
      assertThat(points.shape()).containsExactly(2, 400, 2);
      Tensor x = points.select(2, 0).select(0, 0); // (400)
      assertThat(x.narrow(0, 0, 300).gt(0.6).to(DType.FLOAT32).sum().item()).isZero();
      assertThat(x.narrow(0, 300, 100).gt(0.6).to(DType.FLOAT32).sum().item())
          .isBetween(20.0, 60.0);
    }
  }

  @Test
  void uncertainPoints_outOfRange_isRefused() {
    assertThatThrownBy(() -> new UncertainPoints(0, 3, 0.75))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count");
  }

  @Test
  void targets_masks_areResizedByNearestNeighbours() {
    try (TensorScope scope = TensorScope.open();
        TrainingFixture fixture = new TrainingFixture()) {
      List<Mask> masks = fixture.sample().masksOn(0);
      Tensor targets = MaskTargets.of(masks, 32, 32); // (2, 32, 32)
      Tensor expected = fixture.golden().tensor("target_masks").narrow(0, 0, 2);
      assertThat(targets.toByteArray()).containsExactly(expected.toByteArray());
    }
  }
}
