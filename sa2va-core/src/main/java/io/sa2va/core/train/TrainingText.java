package io.sa2va.core.train;

import com.google.common.primitives.Booleans;
import com.google.common.primitives.Ints;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tokens of a conversation, and which of them are learned: answers with their suffix. Each
 * piece is tokenized by itself. Shapes: T tokens.
 */
public final class TrainingText {
  private final int[] ids; // (T)
  private final boolean[] learned; // (T), whether the model is to predict the token

  private TrainingText(int[] ids, boolean[] learned) {
    this.ids = ids;
    this.learned = learned;
  }

  /**
   * Writes a conversation by a template: for each turn the instruction, the answer with its suffix,
   * and a line break.
   */
  public static TrainingText of(ChatTemplate template, Tokenizer tokenizer, List<Turn> turns) {
    Builder text = new Builder();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      String instruction = template.beforeUser() + turn.question() + template.afterUser();
      text.add(
          i == 0
              ? tokenizer.encode(template.start() + instruction)
              : tokenizer.encodeContinuation(instruction),
          false);
      text.add(tokenizer.encodeContinuation(turn.answer() + template.suffix()), true);
      text.add(tokenizer.encodeContinuation("\n"), false);
    }
    return text.build();
  }

  private static final class Builder {
    private final List<Integer> ids = new ArrayList<>();
    private final List<Boolean> learned = new ArrayList<>();

    void add(int[] piece, boolean isLearned) {
      Arrays.stream(piece).forEach(ids::add);
      Arrays.stream(piece).forEach(id -> learned.add(isLearned));
    }

    TrainingText build() {
      return new TrainingText(Ints.toArray(ids), Booleans.toArray(learned));
    }
  }

  /** (T), for reading only. */
  public int[] ids() {
    return ids;
  }

  public int length() {
    return ids.length;
  }

  /** Positions whose next token is learned. */
  public long[] predicting() {
    return IntStream.range(0, ids.length - 1).filter(i -> learned[i + 1]).asLongStream().toArray();
  }

  /** The tokens that {@link #predicting} positions are to predict. */
  public long[] targets() {
    return Arrays.stream(predicting()).map(i -> ids[(int) i + 1]).toArray();
  }

  /** Positions of a token. */
  public long[] places(int id) {
    return IntStream.range(0, ids.length).filter(i -> ids[i] == id).asLongStream().toArray();
  }
}
