package io.sa2va.core.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.EvaluationReport;
import io.sa2va.EvaluationScore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What an evaluation found. Immutable.
 *
 * @param scores by measure, the parts before the whole; nothing that was not asked for
 * @param worst of each kind, the worst first; only answers that were not perfect
 */
public record ScoreSheet(List<EvaluationScore> scores, List<WorstCase> worst)
    implements EvaluationReport {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the lists. */
  public ScoreSheet {
    scores = List.copyOf(scores);
    worst = List.copyOf(worst);
  }

  @Override
  public OptionalDouble value(String measure, String part) {
    return scores.stream()
        .filter(score -> score.measure().equals(measure) && score.part().equals(part))
        .mapToDouble(EvaluationScore::value)
        .findFirst();
  }

  @Override
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(Locale.ROOT, "%-26s %-12s %7s %8s%n", "measure", "of", "count", "value"));
    for (EvaluationScore score : scores) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-26s %-12s %7d %8.4f%n",
              score.measure(),
              score.part(),
              score.count(),
              score.value()));
    }
    return table.toString();
  }

  @Override
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    for (EvaluationScore score : scores) {
      root.withObjectProperty(score.measure())
          .putObject(score.part())
          .put("count", score.count())
          .put("value", score.value());
    }
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers can be written as JSON", e);
    }
  }

  @Override
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      WorstCasesPage.write(worst, folder);
      Files.writeString(folder.resolve("metrics.json"), toJson());
    } catch (IOException e) {
      throw new UncheckedIOException("The evaluation could not be written to " + folder, e);
    }
  }
}
