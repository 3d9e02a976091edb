package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.EvaluationScore;
import java.util.List;

/** Scores the answers to questions of some kinds. Not thread-safe. */
interface Scorer {
  /** Whether this scores questions like this one. */
  boolean takes(Question question);

  /** Counts an answer. */
  Verdict add(Question question, Answer answer);

  /** All answers so far. */
  List<EvaluationScore> scores();
}
