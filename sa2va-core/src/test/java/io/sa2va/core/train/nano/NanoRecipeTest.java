package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NanoRecipeTest {
  /** A step or two of each stage. */
  private static final double GLIMPSE = 1e-9;

  @TempDir private Path folder;

  @Test
  void run_allStages_giveAModelOfAtMost16MiB() throws Exception {
    NanoRecipe recipe = new NanoRecipe(folder, 1, GLIMPSE);
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
    NanoRecipe recipe = new NanoRecipe(folder, 1, GLIMPSE);
    recipe.run("masks", (step, losses) -> {});
    recipe.run("masks", (step, losses) -> assertThat(step).as("no step is left").isNull());
  }

  @Test
  void run_sixtyStepsOfSight_learnsColors() throws Exception {
    List<Double> colors = new ArrayList<>();
    new NanoRecipe(folder, 1, 60.0 / 4600)
        .run("sight", (step, losses) -> colors.add(losses.getOrDefault("color", Double.NaN)));
    assertThat(colors).hasSize(60);
    assertThat(mean(colors.subList(50, 60))).isLessThan(0.5 * mean(colors.subList(0, 10)));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }

  @Test
  void run_unknownStage_isRefused() {
    assertThatThrownBy(() -> new NanoRecipe(folder, 1, 1).run("smell", (step, losses) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smell");
  }
}
