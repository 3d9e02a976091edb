package io.sa2va.core.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
public record EvaluationReport(List<Score> scores, List<WorstCase> worst) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the lists. */
  public EvaluationReport {
    scores = List.copyOf(scores);
    worst = List.copyOf(worst);
  }

  /**
   * One number.
   *
   * @param measure as in {@link Score#measure()}
   * @param part as in {@link Score#part()}
   * @return empty if it was not measured
   */
  public OptionalDouble value(String measure, String part) {
    return scores.stream()
        .filter(score -> score.measure().equals(measure) && score.part().equals(part))
        .mapToDouble(Score::value)
        .findFirst();
  }

  /**
   * The scores as lines of text.
   *
   * @return a heading and a line for each score, each with a line break at its end
   */
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(Locale.ROOT, "%-26s %-12s %7s %8s%n", "measure", "of", "count", "value"));
    for (Score score : scores) {
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

  /**
   * The scores as JSON: {@code {"cIoU": {"place": {"count": 20, "value": 0.93}, "all": …}, …}}.
   *
   * @return the text of one JSON object
   */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    for (Score score : scores) {
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

  /**
   * Writes {@code metrics.json}, the pictures of the worst cases and a page {@code worst.html} that
   * shows them.
   *
   * @param folder made if it is not there; files of the same names are replaced
   * @throws UncheckedIOException if a file cannot be written
   */
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
