package io.sa2va;

/** Why an answer's text ended. */
public enum FinishReason {
  /** The model said it was done, or a stop word came. */
  STOP,
  /** The limit of new tokens was reached; the text may break off in the middle. */
  LENGTH,
  /** The request was cancelled; the answer holds what there was by then. */
  CANCELLED
}
