package io.sa2va.examples.cli;

import io.sa2va.TrainingListener;
import io.sa2va.TrainingStep;
import io.sa2va.TrainingValidation;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Draws how a training goes, on one line of a terminal, and validations on lines of their own. */
final class TrainingProgress implements TrainingListener {
  private final PrintWriter terminal;
  private boolean lineBegun;

  TrainingProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  @Override
  public void onStep(TrainingStep step) {
    terminal.print(
        String.format(
            Locale.ROOT,
            "\rstep %d of %d  loss %.4f (text %.4f, mask %.4f, dice %.4f)  %.2f samples/s  %s left   ",
            step.step(),
            step.steps(),
            step.loss().total(),
            step.loss().text(),
            step.loss().mask(),
            step.loss().dice(),
            step.samplesPerSecond(),
            clock(step.remaining())));
    terminal.flush();
    lineBegun = true;
  }

  private static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }

  @Override
  public void onValidation(TrainingValidation validation) {
    line(
        String.format(
            Locale.ROOT,
            "validation after step %d: loss %.4f (text %.4f, mask %.4f, dice %.4f)",
            validation.step(),
            validation.loss().total(),
            validation.loss().text(),
            validation.loss().mask(),
            validation.loss().dice()));
  }

  @Override
  public void onSkipped(String reason) {
    line("skipped: " + reason);
  }

  private void line(String text) {
    end();
    terminal.println(text);
    terminal.flush();
  }

  /** Ends the line that is being drawn. */
  void end() {
    if (lineBegun) {
      terminal.println();
      terminal.flush();
      lineBegun = false;
    }
  }
}
