package io.sa2va;

/** Hears how far an evaluation has come, on the thread that evaluates. */
@FunctionalInterface
public interface EvaluationListener {
  /** Hears nothing. */
  EvaluationListener NONE = (done, total) -> {};

  /**
   * All questions about one more picture or clip have been answered.
   *
   * @param done pictures and clips so far
   * @param total of them
   */
  void progress(long done, long total);
}
