package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.file.Path;
import java.util.Map;

/** Turns the list of merges, written as tokens, into a {@link MergeTable} of ids. */
final class MergeReader {
  private final Path path;
  private final Map<String, Integer> vocabulary;
  private final MergeTable table = new MergeTable();
  private int rank;

  MergeReader(Path path, Map<String, Integer> vocabulary) {
    this.path = path;
    this.vocabulary = vocabulary;
  }

  /** Adds the next merge, written as two tokens with a space between them. */
  void add(String merge) {
    int space = merge.indexOf(' ');
    if (space <= 0 || merge.indexOf(' ', space + 1) >= 0) {
      throw new TokenizerException(
          path
              + ": expected merge "
              + (rank + 1)
              + " to be two tokens with a space between them, not"
              + " \""
              + merge
              + "\". Download the file again.");
    }
    add(merge.substring(0, space), merge.substring(space + 1));
  }

  void add(String left, String right) {
    table.put(idOf(left), idOf(right), rank, idOf(left + right));
    rank++;
  }

  Map<String, Integer> vocabulary() {
    return vocabulary;
  }

  MergeTable table() {
    return table;
  }

  /** Returns the ids of the 256 bytes. */
  ImmutableIntArray byteIds() {
    ImmutableIntArray.Builder ids = ImmutableIntArray.builder(256);
    for (int b = 0; b < 256; b++) {
      ids.add(idOf(String.valueOf(ByteAlphabet.characterOf(b))));
    }
    return ids.build();
  }

  private int idOf(String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new TokenizerException(
          path
              + ": expected the token \""
              + token
              + "\" in the vocabulary, but it is missing. Check"
              + " that the tokenizer's files belong together.");
    }
    return id;
  }
}
