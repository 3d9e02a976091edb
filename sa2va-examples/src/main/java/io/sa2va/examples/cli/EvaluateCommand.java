package io.sa2va.examples.cli;

import io.sa2va.Cancellation;
import io.sa2va.Evaluation;
import io.sa2va.EvaluationReport;
import io.sa2va.EvaluationRequest;
import io.sa2va.LoadOptions;
import io.sa2va.Sa2VA;
import io.sa2va.error.Sa2VAException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate}: measures how good a model is, prints the scores, writes the worst answers. */
@Command(
    name = "evaluate",
    description = "Measures how good a model is; prints the scores and writes the worst answers.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "scenes|DIR",
      description = "Scenes of coloured shapes, or a folder with annotations.json and images.")
  private String data = EvaluationRequest.SCENES;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Which scenes: the same seed draws the same (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How many pictures of scenes, and a fifth as many clips (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--kinds",
      paramLabel = "KIND",
      split = ",",
      completionCandidates = Kinds.class,
      description = "What to ask about scenes: ${COMPLETION-CANDIDATES} (default: all).")
  private List<String> kinds = List.of();

  @Option(
      names = "--worst",
      paramLabel = "K",
      defaultValue = "3",
      description = "How many of the worst answers of each kind to write (default: 3).")
  private int worst;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write metrics.json, and the worst answers as pictures with worst.html.")
  private @Nullable Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** What the library can ask about scenes. */
  private static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Evaluation.sceneKinds().iterator();
    }
  }

  @Override
  public Integer call() {
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new Sa2VAException("--out " + out + " is a file; name a folder");
    }
    Evaluation evaluation = evaluation();
    LoadOptions loading = model.options(spec.commandLine().getErr());
    try (Sa2VA sa2va = model.load(loading)) {
      ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
      EvaluationReport report = evaluation.run(sa2va, bar::show, new Cancellation());
      spec.commandLine().getOut().print(report.table());
      spec.commandLine().getOut().flush();
      if (out != null) {
        report.write(out);
      }
    }
    return 0;
  }

  private Evaluation evaluation() {
    EvaluationRequest.Builder request = EvaluationRequest.builder(data).seed(seed);
    Refusals.asBadUsage(spec, "--worst", () -> request.worst(worst));
    Refusals.asBadUsage(spec, "--count", () -> request.pictures(count));
    request.kinds(kinds);
    if (data.equals(EvaluationRequest.SCENES)) {
      return Refusals.asBadUsage(spec, "--kinds", () -> Evaluation.of(request.build()));
    }
    requireNoSceneOptions();
    return Evaluation.of(request.build());
  }

  private void requireNoSceneOptions() {
    for (String option : new String[] {"--seed", "--count", "--kinds"}) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw usage(option + " needs --data scenes");
      }
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
