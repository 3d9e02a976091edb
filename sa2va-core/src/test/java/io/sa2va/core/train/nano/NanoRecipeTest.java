package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.NoGrad;
import io.sa2va.torch.TensorScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoRecipeTest {
  /** A step or two of each stage. */
  private static final double GLIMPSE = 1e-9;

  /** Of the recipe, what takes a minute. */
  private static final double SHORT = 60.0 / 4600;

  private static final long UNSEEN = 1_000_003;

  @TempDir private Path folder;

  @Test
  void run_allStages_giveAModelOfAtMost16MiB() throws Exception {
    NanoRecipe recipe = new NanoRecipe(folder, 1, GLIMPSE, 1);
    List<String> seen = new ArrayList<>();
    for (String stage : NanoRecipe.stages()) {
      recipe.run(
          stage,
          (step, losses) -> {
            seen.add(stage);
            assertThat(losses.values()).allSatisfy(loss -> assertThat(loss).isFinite());
          });
    }
    assertThat(seen).containsExactlyElementsOf(NanoRecipe.stages());
    Path weights = recipe.export().resolve("model.safetensors");
    assertThat(Files.size(weights)).isLessThan(16 << 20);
  }

  @Test
  void run_stageThatIsDone_doesNothing() throws Exception {
    NanoRecipe recipe = new NanoRecipe(folder, 1, GLIMPSE, 1);
    recipe.run("masks", (step, losses) -> {});
    recipe.run("masks", (step, losses) -> assertThat(step).as("no step is left").isNull());
  }

  @Test
  void run_shortSight_losesLessAndSeesShapesOfScenesItNeverSaw() throws Exception {
    NanoRecipe recipe = new NanoRecipe(folder, 1, SHORT, 1);
    List<Double> losses = new ArrayList<>();
    recipe.run("sight", (step, loss) -> losses.add(loss.getOrDefault("color", Double.NaN)));
    assertThat(losses).hasSize(60);
    assertThat(mean(losses.subList(50, 60))).isLessThan(0.4 * mean(losses.subList(0, 10)));
    try (NanoModel nano = recipe.start("alignment");
        NoGrad off = NoGrad.begin()) {
      assertThat(colorIou(nano)).isGreaterThan(0.6);
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  /** Intersection over union of the cells of each colour, over all colours and scenes. */
  private static double colorIou(NanoModel nano) {
    SightObjective sight =
        new SightObjective(nano.model().family(), nano.heads(), new NanoScenes(UNSEEN));
    double right = 0;
    double union = 0;
    for (int scene = 0; scene < 20; scene++) {
      try (TensorScope scope = TensorScope.open()) {
        SightObjective.Item item = sight.prepare(scene);
        long[] seen = sight.colors(item);
        long[] wanted = item.labels().colors(IntStream.range(0, seen.length).boxed().toList());
        for (int cell = 0; cell < seen.length; cell++) {
          boolean isRight = seen[cell] == wanted[cell] && seen[cell] > 0;
          right += isRight ? 1 : 0;
          union += isRight ? 1 : (seen[cell] > 0 ? 1 : 0) + (wanted[cell] > 0 ? 1 : 0);
        }
      }
    }
    return right / union;
  }

  @Test
  void run_unknownStage_isRefused() {
    assertThatThrownBy(() -> new NanoRecipe(folder, 1, 1, 1).run("smell", (step, losses) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smell");
  }
}
