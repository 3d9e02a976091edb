package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sa2va.core.testing.Golden;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.PromptTooLongException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainStepTest {
  private static final String HEAD = "language_model.lm_head.weight";
  private static final double RATE = TrainingFixture.LEARNING_RATE;

  private final TrainingFixture fixture = new TrainingFixture();
  private final Sample sample = fixture.sample();

  @AfterEach
  void close() {
    fixture.close();
  }

  /** A run on the fixture, with adapters that leave inputs out. */
  private Run run(DType dtype, double dropout) {
    return new Run(fixture.model(dtype, dropout), new WholeMaskLoss());
  }

  @Test
  void accumulate_sameSampleTwiceInOneOrTwoMicroBatches_givesTheSameMean() {
    try (Run one = run(DType.FLOAT32, 0);
        Run twoSamples = run(DType.FLOAT32, 0);
        Run twoBatches = run(DType.FLOAT32, 0)) {
      LossValues expected = one.step().accumulate(List.of(sample));
      LossValues both = twoSamples.step().accumulate(List.of(sample, sample));
      assertThat(both.total()).isCloseTo(expected.total(), within(1e-6));
      twoBatches.step().accumulate(List.of(sample));
      twoBatches.step().accumulate(List.of(sample));
      double norm = one.step().update(RATE);
      assertThat(twoSamples.step().update(RATE)).isCloseTo(norm, withinPercentage(1e-3));
      assertThat(twoBatches.step().update(RATE)).isCloseTo(norm, withinPercentage(1e-3));
      assertThat(twoSamples.values(HEAD)).containsExactly(one.values(HEAD), within(1e-6f));
      assertThat(twoBatches.values(HEAD)).containsExactly(one.values(HEAD), within(1e-6f));
    }
  }

  @Test
  void update_severalSteps_lossesFall() {
    try (Run run = run(DType.FLOAT32, 0.05)) {
      double before = run.step().evaluate(List.of(sample)).total();
      for (int i = 0; i < 6; i++) {
        run.step().accumulate(List.of(sample));
        run.step().update(1e-3);
      }
      LossValues after = run.step().evaluate(List.of(sample));
      assertThat(after.total()).isLessThan(0.8 * before);
    }
  }

  @Test
  void accumulate_dropoutWithOneSeed_isTheSameAgain() {
    try (Run first = run(DType.FLOAT32, 0.3);
        Run second = run(DType.FLOAT32, 0.3)) {
      double loss = first.step().accumulate(List.of(sample)).text();
      assertThat(second.step().accumulate(List.of(sample)).text()).isEqualTo(loss);
      assertThat(first.step().accumulate(List.of(sample)).text()).isNotEqualTo(loss);
    }
  }

  @Test
  void accumulate_layersComputedAgain_givesTheSameGradients() {
    try (Run kept = run(DType.FLOAT32, 0);
        Run again =
            new Run(fixture.model(DType.FLOAT32, 0), new WholeMaskLoss(), LayerMemory.RECOMPUTED);
        TensorScope scope = TensorScope.open()) {
      LossValues expected = kept.step().accumulate(List.of(sample));
      LossValues losses = again.step().accumulate(List.of(sample));
      assertThat(losses).isEqualTo(expected);
      for (Parameter parameter : kept.model().parameters().all()) {
        Optional<Tensor> gradient = again.model().parameters().get(parameter.name()).gradient();
        assertThat(gradient.isPresent())
            .as(parameter.name())
            .isEqualTo(parameter.gradient().isPresent());
        gradient.ifPresent(
            g ->
                assertThat(g.toFloatArray())
                    .as(parameter.name())
                    .containsExactly(
                        parameter.gradient().orElseThrow().toFloatArray(), within(1e-5f)));
      }
    }
  }

  /** A small step against the gradient lowers a loss with the same values left out. */
  @Test
  void accumulate_layersComputedAgainWithDropout_gradientIsThatOfTheLoss() {
    try (Run run =
            new Run(
                fixture.model(DType.FLOAT32, 0.3), new WholeMaskLoss(), LayerMemory.RECOMPUTED);
        Run moved =
            new Run(
                fixture.model(DType.FLOAT32, 0.3), new WholeMaskLoss(), LayerMemory.RECOMPUTED);
        TensorScope scope = TensorScope.open()) {
      double before = run.step().accumulate(List.of(sample)).total();
      String name = "language_model.model.layers.0.mlp.up_proj.lora_B.weight";
      Tensor gradient = run.model().parameters().get(name).gradient().orElseThrow();
      double norm = Optimization.norm(List.of(gradient));
      double length = 1e-2;
      Parameter parameter = moved.model().parameters().get(name);
      parameter.set(parameter.values().sub(gradient.mul(length / norm)));
      double after = moved.step().accumulate(List.of(sample)).total();
      assertThat((before - after) / length).isCloseTo(norm, withinPercentage(5));
    }
  }

  /** Every family's language model and vision tower let gradients through. */
  @ParameterizedTest
  @CsvSource({
    "internlm2, language_model.model.layers.0.attention.wqkv, language_model.model.tok_embeddings",
    "qwen2_5vl, model.model.language_model.layers.0.self_attn.q_proj, model.lm_head",
    "qwen3vl, model.model.language_model.layers.0.mlp.down_proj, model.lm_head"
  })
  void update_otherFamilies_lossesFall(String family, String map, String full) {
    TrainableModel model =
        TrainableModel.load(
            Golden.folder(family).resolve("checkpoint"),
            Device.CPU,
            DType.FLOAT32,
            TrainingPlan.reference(new LoraConfig(4, 8, 0.05, LoraConfig::isInLanguageModel), 3));
    try (Run run = new Run(model, new WholeMaskLoss(), LayerMemory.RECOMPUTED)) {
      double before = run.step().evaluate(List.of(sample)).total();
      for (int i = 0; i < 3; i++) {
        run.step().accumulate(List.of(sample));
        for (String name : List.of(map + ".lora_B.weight", full + ".weight")) {
          Tensor gradient = model.parameters().get(name).gradient().orElseThrow();
          assertThat(Optimization.norm(List.of(gradient))).as(name).isPositive();
        }
        run.step().update(1e-3);
      }
      assertThat(run.step().evaluate(List.of(sample)).total()).isLessThan(before);
    }
  }

  @Test
  void evaluate_modelWithDropout_leavesNothingOut() {
    try (Run run = run(DType.FLOAT32, 0.3)) {
      assertThat(run.step().evaluate(List.of(sample)).text())
          .isCloseTo(fixture.number("loss_llm"), withinPercentage(0.01));
    }
  }

  @Test
  void accumulate_bfloat16_isNearFloat32AndKeepsFloat32Values() {
    try (Run run = run(DType.BFLOAT16, 0)) {
      LossValues losses = run.step().accumulate(List.of(sample));
      assertThat(losses.text()).isCloseTo(fixture.number("loss_llm"), withinPercentage(3));
      assertThat(losses.mask()).isCloseTo(fixture.number("loss_mask"), withinPercentage(3));
      assertThat(losses.dice()).isCloseTo(fixture.number("loss_dice"), withinPercentage(3));
      assertThat(run.step().update(RATE))
          .isCloseTo(fixture.number("gradient_norm"), withinPercentage(5));
      try (TensorScope scope = TensorScope.open()) {
        Parameter head = run.model().parameters().get(HEAD);
        assertThat(head.values().dtype()).isEqualTo(DType.FLOAT32);
        assertThat(head.computed().dtype()).isEqualTo(DType.BFLOAT16);
        assertThat(head.computed().toFloatArray())
            .containsExactly(head.values().to(DType.BFLOAT16).toFloatArray());
        assertThat(head.values().toFloatArray()).isNotEqualTo(head.computed().toFloatArray());
      }
    }
  }

  @Test
  void accumulate_pointLoss_isNearThatOfWholeMasks() {
    try (Run run =
        new Run(
            fixture.model(DType.FLOAT32, 0), new PointMaskLoss(new UncertainPoints(512, 1, 0)))) {
      LossValues losses = run.step().accumulate(List.of(sample));
      assertThat(losses.mask()).isCloseTo(fixture.number("loss_mask"), withinPercentage(10));
      assertThat(losses.dice()).isCloseTo(fixture.number("loss_dice"), withinPercentage(10));
    }
  }

  @Test
  void accumulate_framesOfAVideo_isTheirMean() {
    Sample video =
        new Sample(
            List.of(sample.frames().get(0), sample.frames().get(0)),
            List.of(),
            sample.turns(),
            sample.objects().stream().map(o -> List.of(o.get(0), o.get(0))).toList());
    try (Run run = run(DType.FLOAT32, 0)) {
      LossValues losses = run.step().accumulate(List.of(video));
      assertThat(losses.mask()).isBetween(0.5, 3.0);
      assertThat(BatchSize.of(run.model().family(), List.of(video)))
          .isEqualTo(new BatchSize(fixture.learnedTokens(), 10));
    }
  }

  @Test
  void accumulate_wordsOnly_trainsTheLanguageModelAlone() {
    Sample words =
        new Sample(List.of(), List.of(), List.of(new Turn("Where?", "Here.")), List.of());
    try (Run run = run(DType.FLOAT32, 0)) {
      LossValues losses = run.step().accumulate(List.of(words));
      assertThat(losses.text()).isPositive();
      assertThat(losses.mask() + losses.dice()).isZero();
      assertThat(run.model().parameters().get(HEAD).gradient()).isPresent();
      assertThat(run.model().parameters().get("mlp1.3.weight").gradient()).isEmpty();
    }
  }

  @Test
  void accumulate_everythingIsTrained_gradientsReachAllParts() {
    TrainableModel model =
        TrainableModel.load(
            Golden.folder("qwen2").resolve("checkpoint"),
            Device.CPU,
            DType.FLOAT32,
            TrainingPlan.everything(1));
    try (Run run = new Run(model, new WholeMaskLoss())) {
      run.step().accumulate(List.of(sample));
      for (String name :
          List.of(
              "vision_model.embeddings.class_embedding",
              "vision_model.encoder.layers.0.attn.qkv.weight",
              "mlp1.1.weight",
              "language_model.model.layers.0.self_attn.q_proj.bias",
              "language_model.model.layers.2.mlp.up_proj.weight",
              "language_model.model.norm.weight",
              "text_hidden_fcs.0.weight",
              "grounding_encoder.sam2_model.no_mem_embed")) {
        Tensor gradient = model.parameters().get(name).gradient().orElseThrow();
        assertThat(Optimization.norm(List.of(gradient))).as(name).isPositive();
      }
    }
  }

  @Test
  void accumulate_otherNumberOfObjects_isRefusedAndGradientsDropped() {
    Sample wrong =
        new Sample(sample.frames(), List.of(), sample.turns(), sample.objects().subList(0, 1));
    try (Run run = run(DType.FLOAT32, 0)) {
      run.step().accumulate(List.of(sample));
      assertThatThrownBy(() -> run.step().accumulate(List.of(wrong)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("1 objects, but 2 [SEG]");
      assertThat(run.model().parameters().get(HEAD).gradient()).isEmpty();
      assertThatThrownBy(() -> run.step().update(RATE)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void accumulate_tooLong_isRefused() {
    Sample endless =
        new Sample(
            List.of(), List.of(), List.of(new Turn("Where?", "here ".repeat(5000))), List.of());
    try (Run run = run(DType.FLOAT32, 0)) {
      assertThatThrownBy(() -> run.step().accumulate(List.of(endless)))
          .isInstanceOf(PromptTooLongException.class)
          .hasMessageContaining("at most 4096");
    }
  }

  @Test
  void update_gradientIsNotFinite_changesNothing() {
    try (Run run = run(DType.FLOAT32, 0);
        TensorScope scope = TensorScope.open()) {
      float[] before = run.values(HEAD);
      run.step().accumulate(List.of(sample));
      run.model()
          .parameters()
          .get("mlp1.3.bias")
          .addGradient(Tensors.full(Double.NaN, DType.FLOAT32, Device.CPU, 1));
      assertThat(run.step().update(RATE)).isNaN();
      assertThat(run.values(HEAD)).containsExactly(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void accumulateAndUpdate_again_keepsNothing(LayerMemory layers) {
    try (Run run = new Run(fixture.model(DType.FLOAT32, 0.05), new WholeMaskLoss(), layers)) {
      for (int i = 0; i < 2; i++) {
        run.step().accumulate(List.of(sample));
        run.step().update(RATE);
      }
      long before = NativeMemory.liveObjects();
      run.step().accumulate(List.of(sample));
      run.step().update(RATE);
      run.step().evaluate(List.of(sample));
      assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    }
  }

  @Test
  void close_afterAStep_freesAll() {
    learnOnce();
    long before = NativeMemory.liveObjects();
    learnOnce();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private void learnOnce() {
    try (Run run = run(DType.BFLOAT16, 0.05)) {
      run.step().accumulate(List.of(sample));
      run.step().update(RATE);
    }
  }
}
