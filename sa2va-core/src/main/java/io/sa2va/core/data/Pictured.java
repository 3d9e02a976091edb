package io.sa2va.core.data;

import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.List;

/** Conversations that begin with their picture or video. */
final class Pictured {
  /** Where the picture stands in a question. */
  static final String MARK = "<image>";

  private Pictured() {}

  /** The same turns with the picture before the first question. */
  static List<Turn> turns(List<Turn> turns) {
    List<Turn> pictured = new ArrayList<>(turns);
    Turn first = turns.get(0);
    pictured.set(0, new Turn(MARK + "\n" + first.question(), first.answer()));
    return pictured;
  }
}
