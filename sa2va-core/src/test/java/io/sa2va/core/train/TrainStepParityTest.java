package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.sa2va.torch.DType;
import io.sa2va.torch.Optimization;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers of the reference's own parts, within 1e-3. */
class TrainStepParityTest {
  private static final double PERCENT = 0.1;
  private static final double TOLERANCE = 1e-3;

  /** Smaller gradients than this are rounding errors of zeros, in the reference too. */
  private static final double NOTHING = 1e-6;

  private final TrainingFixture fixture = new TrainingFixture();
  private final TrainableModel model = fixture.model(DType.FLOAT32, 0);
  private final AdamW optimizer = AdamW.reference();
  private final TrainSettings settings =
      new TrainSettings(new WholeMaskLoss(), 1, LayerMemory.KEPT, 7);
  private final TrainStep step = new TrainStep(model, settings, optimizer);
  private final List<Sample> batch = List.of(fixture.sample());

  @AfterEach
  void close() {
    optimizer.close();
    model.close();
    fixture.close();
  }

  @Test
  void accumulate_pictureWithTwoObjects_givesTheReferencesLosses() {
    assertLosses(step.accumulate(batch), "loss_llm", "loss_mask", "loss_dice");
  }

  private void assertLosses(LossValues actual, String... names) {
    assertThat(actual.text()).isCloseTo(fixture.number(names[0]), withinPercentage(PERCENT));
    assertThat(actual.mask()).isCloseTo(fixture.number(names[1]), withinPercentage(PERCENT));
    assertThat(actual.dice()).isCloseTo(fixture.number(names[2]), withinPercentage(PERCENT));
  }

  @Test
  void accumulate_pictureWithTwoObjects_givesTheReferencesGradients() {
    step.accumulate(batch);
    try (TensorScope scope = TensorScope.open()) {
      for (String name : fixture.trainedNames()) {
        // The manifest has them as they were clipped to a norm of 1 in all.
        double expected = fixture.number("gradient_norms", name) * fixture.number("gradient_norm");
        double norm = Optimization.norm(model.parameters().get(name).gradient().stream().toList());
        if (expected < NOTHING) {
          assertThat(norm).as(name).isLessThan(NOTHING);
        } else {
          assertThat(norm).as(name).isCloseTo(expected, withinPercentage(PERCENT));
        }
      }
      for (String name : sampled("grad.")) {
        Tensor gradient = model.parameters().get(name).gradient().orElseThrow();
        if (fixture.number("gradient_norms", name) == 0) {
          assertThat(gradient.abs().sum().item()).as(name).isZero();
        } else {
          fixture.golden().assertClose(gradient, "grad." + name, TOLERANCE);
        }
      }
    }
  }

  @Test
  void load_planOfTheReference_trainsWhatItTrains() {
    assertThat(model.parameters().all())
        .extracting(Parameter::name)
        .containsExactlyInAnyOrderElementsOf(fixture.trainedNames());
  }

  @Test
  void update_firstStep_givesTheReferencesWeights() {
    step.accumulate(batch);
    double norm = step.update(TrainingFixture.LEARNING_RATE);
    assertThat(norm).isCloseTo(fixture.number("gradient_norm"), withinPercentage(PERCENT));
    try (TensorScope scope = TensorScope.open()) {
      for (String name : sampled("after.")) {
        fixture
            .golden()
            .assertClose(model.parameters().get(name).values(), "after." + name, TOLERANCE);
      }
      String map = "language_model.model.layers.0.self_attn.q_proj";
      Tensor weight = model.files().view(map + ".weight", 64, 64).to(DType.FLOAT32);
      Tensor merged = model.parameters().adapterOf(map).orElseThrow().merge(weight);
      fixture.golden().assertClose(merged, "merged.q_proj", TOLERANCE);
    }
    LossValues after = step.evaluate(batch);
    assertThat(after.text())
        .isCloseTo(fixture.number("after_one_step", "loss_llm"), withinPercentage(PERCENT));
    assertThat(after.mask())
        .isCloseTo(fixture.number("after_one_step", "loss_mask"), withinPercentage(PERCENT));
    assertThat(after.dice())
        .isCloseTo(fixture.number("after_one_step", "loss_dice"), withinPercentage(PERCENT));
  }

  /** Names of the weights of which the fixture has values. */
  private List<String> sampled(String kind) {
    return fixture.trainedNames().stream()
        .filter(name -> fixture.golden().has(kind + name))
        .toList();
  }
}
