package io.sa2va.core.scenes;

import java.util.Arrays;
import java.util.List;

/** What a shape does in a clip. Each shape does one thing from the first frame to the last. */
public enum Action {
  /** Nothing. */
  STAYS("stays still"),
  /** Straight to the left, within the picture. */
  MOVES_LEFT("moves left"),
  /** Straight to the right, within the picture. */
  MOVES_RIGHT("moves right"),
  /** Straight up, within the picture. */
  MOVES_UP("moves up"),
  /** Straight down, within the picture. */
  MOVES_DOWN("moves down"),
  /** Becomes larger in its place. */
  GROWS("grows"),
  /** Becomes smaller in its place. */
  SHRINKS("shrinks"),
  /** Turns in its place. */
  TURNS("turns"),
  /** Goes out over the nearest edge and stays outside. */
  LEAVES("leaves the picture"),
  /** Goes out over the nearest edge and comes back. */
  RETURNS("leaves and comes back");

  private final String words;

  Action(String words) {
    this.words = words;
  }

  /**
   * The action in texts.
   *
   * @return a verb in the third person and what belongs to it, such as {@code moves left}
   */
  public String words() {
    return words;
  }

  /**
   * What a shape does that texts speak of: of one that goes out, the first frames do not tell.
   *
   * @return unmodifiable, in the order of declaration
   */
  public static List<Action> told() {
    return Arrays.stream(values()).filter(action -> !action.goesOut()).toList();
  }

  boolean goesOut() {
    return this == LEAVES || this == RETURNS;
  }

  boolean movesWithin() {
    return this == MOVES_LEFT || this == MOVES_RIGHT || this == MOVES_UP || this == MOVES_DOWN;
  }
}
