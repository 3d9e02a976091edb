package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.core.testing.Golden;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.TensorScope;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EverythingPlanTest {
  private static final String SAM2 = "grounding_encoder.sam2_model.";

  /** The losses do not depend on these, nor do the reference's. */
  private static final Predicate<String> WITHOUT_GRADIENT =
      Pattern.compile(
              String.join(
                  "|",
                  // Memory: each frame is decoded by itself.
                  "memory_attention\\.",
                  "memory_encoder\\.",
                  "maskmem_tpos_enc",
                  "no_mem_pos_enc",
                  "obj_ptr_proj\\.",
                  "no_obj_ptr",
                  // Mask prompts: there are none.
                  "mask_downsample\\.",
                  "mask_downscaling\\.",
                  // A buffer, not a parameter.
                  "positional_encoding_gaussian_matrix",
                  // They choose a mask, and say whether the object is there: no loss is taken.
                  "iou_prediction_head\\.",
                  "pred_obj_score_head\\."))
          .asPredicate();

  /** What SAM2 computes with is made of these before a picture goes through. */
  private static final List<String> DERIVED =
      List.of(
          "image_encoder.trunk.pos_embed",
          "image_encoder.trunk.pos_embed_window",
          "sam_prompt_encoder.not_a_point_embed.weight",
          "sam_prompt_encoder.no_mask_embed.weight",
          "no_mem_embed");

  @TempDir private Path folder;
  private final TrainingFixture fixture = new TrainingFixture();
  private final List<Sample> batch = List.of(fixture.sample());
  private final Run run = run(Golden.folder("qwen2").resolve("checkpoint"));

  private static Run run(Path checkpoint) {
    return new Run(
        TrainableModel.load(checkpoint, Device.CPU, DType.FLOAT32, TrainingPlan.everything(1)),
        new WholeMaskLoss());
  }

  @AfterEach
  void close() {
    run.close();
    fixture.close();
  }

  @Test
  void accumulate_allWeightsOfTheLosses_getAGradient() {
    run.step().accumulate(batch);
    TreeSet<String> expected = new TreeSet<>(run.model().files().names());
    expected.removeIf(WITHOUT_GRADIENT);
    TreeSet<String> actual = new TreeSet<>();
    run.model().parameters().all().stream()
        .filter(parameter -> parameter.gradient().isPresent())
        .forEach(parameter -> actual.add(parameter.name()));
    assertThat(actual).isEqualTo(expected);
    for (String name : DERIVED) {
      assertThat(norm(SAM2 + name)).as(name).isPositive();
    }
  }

  private double norm(String name) {
    try (TensorScope scope = TensorScope.open()) {
      return Optimization.norm(run.model().parameters().get(name).gradient().stream().toList());
    }
  }

  /** What is computed from weights beforehand would lag behind them. */
  @Test
  void update_twoSteps_givesTheLossesOfTheWrittenWeights() {
    for (int i = 0; i < 2; i++) {
      run.step().accumulate(batch);
      run.step().update(1e-2);
    }
    LossValues expected = run.step().evaluate(batch);
    new ModelExport(run.model(), DType.FLOAT32).write(folder);
    try (Run again = run(folder)) {
      LossValues losses = again.step().evaluate(batch);
      assertThat(losses.text()).isCloseTo(expected.text(), within(1e-5));
      assertThat(losses.mask()).isCloseTo(expected.mask(), within(1e-5));
      assertThat(losses.dice()).isCloseTo(expected.dice(), within(1e-5));
    }
  }
}
