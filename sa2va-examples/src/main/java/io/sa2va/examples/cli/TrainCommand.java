package io.sa2va.examples.cli;

import io.sa2va.Cancellation;
import io.sa2va.Training;
import io.sa2va.TrainingRequest;
import io.sa2va.TrainingResult;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: teaches a model. */
@Command(
    name = "train",
    description = "Teaches a model, and writes it, an adapter, a log and the curves of its losses.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;
  @Mixin private LearningOptions learning;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|scenes",
      description = "A folder with annotations.json and images/, or the library's drawn world.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the run: model/, adapter/, log.jsonl, loss.png, checkpoint.")
  private Path out;

  @Option(
      names = "--validate",
      paramLabel = "DIR|scenes",
      description = "Data to try the model on from time to time; it does not learn from them.")
  private @Nullable String validation;

  @Option(names = "--resume", description = "Go on with the run in --out, where it was last saved.")
  private boolean resume;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    TrainingRequest request = request();
    Cancellation cancellation = new Cancellation();
    TrainingProgress progress = new TrainingProgress(spec.commandLine().getErr());
    try (SaveOnInterrupt interrupt = new SaveOnInterrupt(cancellation)) {
      report(Training.run(request, progress, cancellation));
    } finally {
      progress.end();
    }
    return 0;
  }

  private TrainingRequest request() {
    TrainingRequest.Builder request =
        TrainingRequest.builder(model.requiredName(), data, out)
            .resume(resume)
            .loading(model.options(spec.commandLine().getErr()))
            .options(learning.options());
    if (validation != null) {
      request.validationData(validation);
    }
    return request.build();
  }

  private void report(TrainingResult result) {
    spec.commandLine()
        .getOut()
        .printf(
            "%d steps%s, %d records skipped: %s%n",
            result.steps(),
            result.stoppedEarly() ? ", ended early" : "",
            result.skipped(),
            out.resolve("model"))
        .flush();
  }
}
