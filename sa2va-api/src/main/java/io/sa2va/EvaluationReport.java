package io.sa2va;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** What an evaluation found. Immutable. */
public interface EvaluationReport {
  /**
   * The numbers.
   *
   * @return by measure, the parts before the whole; nothing that was not asked for
   */
  List<EvaluationScore> scores();

  /**
   * One number.
   *
   * @param measure as in {@link EvaluationScore#measure()}
   * @param part as in {@link EvaluationScore#part()}
   * @return empty if it was not measured
   */
  OptionalDouble value(String measure, String part);

  /**
   * The scores as lines of text.
   *
   * @return a heading and a line for each score, each with a line break at its end
   */
  String table();

  /**
   * The scores as JSON: {@code {"cIoU": {"place": {"count": 20, "value": 0.93}, "all": …}, …}}.
   *
   * @return the text of one JSON object
   */
  String toJson();

  /**
   * Writes {@code metrics.json}, and the worst answers as pictures with a page {@code worst.html}
   * that shows them.
   *
   * @param folder made if it is not there; files of the same names are replaced
   * @throws java.io.UncheckedIOException if a file cannot be written
   */
  void write(Path folder);
}
