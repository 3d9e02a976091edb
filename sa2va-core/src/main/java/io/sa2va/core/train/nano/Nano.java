package io.sa2va.core.train.nano;

import io.sa2va.torch.Torch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes Sa2VA-Nano: {@code java -cp sa2va.jar io.sa2va.core.train.nano.Nano FOLDER SEED [STAGE…]}.
 * Without stages it makes all of them, one after the other. Called again it goes on where it was
 * interrupted.
 */
public final class Nano {
  private static final int LOG_EVERY = 20;

  private final PrintStream out;
  private final long started = System.nanoTime();
  private final Map<String, Double> sums = new TreeMap<>();
  private int summed;

  private Nano(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the recipe.
   *
   * @param args the folder of the run, the seed, and stages
   * @throws IOException if the folder cannot be read or written
   * @throws InterruptedException never in practice
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: Nano FOLDER SEED [STAGE…], stages " + NanoRecipe.stages());
      System.exit(2);
    }
    Torch.setThreads(1);
    NanoRecipe recipe =
        new NanoRecipe(
            Path.of(args[0]),
            Long.parseLong(args[1]),
            1,
            Runtime.getRuntime().availableProcessors());
    List<String> stages =
        args.length > 2 ? Arrays.asList(args).subList(2, args.length) : NanoRecipe.stages();
    for (String stage : stages) {
      Nano log = new Nano(System.out);
      recipe.run(stage, (step, losses) -> log.line(stage, step, losses));
    }
    System.out.println(recipe.export());
  }

  private void line(String stage, long step, Map<String, Double> losses) {
    losses.forEach((name, loss) -> sums.merge(name, loss, Double::sum));
    summed++;
    if (step % LOG_EVERY == 0) {
      StringBuilder line = new StringBuilder();
      sums.forEach(
          (name, sum) -> line.append(String.format(Locale.ROOT, " %s=%.4f", name, sum / summed)));
      double seconds = (System.nanoTime() - started) / 1e9;
      out.printf(Locale.ROOT, "%s %d %.0fs%s%n", stage, step, seconds, line);
      sums.clear();
      summed = 0;
    }
  }
}
