package io.sa2va;

/** Is told how a run of training goes, by the thread that trains. Methods should be quick. */
public interface TrainingListener {
  /** One that does nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /**
   * A step was made.
   *
   * @param step its numbers
   */
  default void onStep(TrainingStep step) {}

  /**
   * The model was tried on data that it does not learn from.
   *
   * @param validation its numbers
   */
  default void onValidation(TrainingValidation validation) {}

  /**
   * A record cannot be learned from, and others take its places; said once of each.
   *
   * @param reason names the record, and says what is wrong with it
   */
  default void onSkipped(String reason) {}
}
