package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;

/**
 * Byte-pair merging of one sequence of symbols: the pair of the smallest rank merges first, of
 * equal ones the leftmost, until no pair of neighbours merges. A queue of pairs keeps it O(n log
 * n).
 */
final class PairMerger {
  private final MergeTable table;
  private final int[] symbols;
  private final int[] next;
  private final int[] previous;
  private final LongHeap queue = new LongHeap();

  private PairMerger(int[] symbols, MergeTable table) {
    this.table = table;
    this.symbols = symbols.clone();
    next = new int[symbols.length];
    previous = new int[symbols.length];
  }

  /** Returns the symbols that are left when everything has merged. */
  static ImmutableIntArray merge(int[] symbols, MergeTable table) {
    PairMerger merger = new PairMerger(symbols, table);
    merger.link();
    merger.mergeAll();
    return merger.remaining();
  }

  private void link() {
    for (int i = 0; i < symbols.length; i++) {
      previous[i] = i - 1;
      next[i] = i + 1 < symbols.length ? i + 1 : -1;
    }
    for (int i = 0; i < symbols.length; i++) {
      offer(i);
    }
  }

  private void mergeAll() {
    while (!queue.isEmpty()) {
      long candidate = queue.removeSmallest();
      int left = (int) candidate;
      int entry = entryAt(left);
      // A neighbour may have changed since the pair was queued; its new pair is queued by itself.
      if (entry != MergeTable.NONE && table.rank(entry) == (int) (candidate >>> 32)) {
        join(left, table.merged(entry));
      }
    }
  }

  private void join(int left, int result) {
    int right = next[left];
    symbols[left] = result;
    symbols[right] = -1;
    next[left] = next[right];
    if (next[left] >= 0) {
      previous[next[left]] = left;
    }
    offer(previous[left]);
    offer(left);
  }

  private void offer(int left) {
    int entry = entryAt(left);
    if (entry != MergeTable.NONE) {
      queue.add(((long) table.rank(entry) << 32) | left);
    }
  }

  /** Returns the table's entry of the pair that begins here, if it is a pair and merges. */
  private int entryAt(int left) {
    if (left < 0 || symbols[left] < 0 || next[left] < 0) {
      return MergeTable.NONE;
    }
    return table.find(symbols[left], symbols[next[left]]);
  }

  private ImmutableIntArray remaining() {
    ImmutableIntArray.Builder result = ImmutableIntArray.builder();
    for (int i = symbols.length == 0 ? -1 : 0; i >= 0; i = next[i]) {
      result.add(symbols[i]);
    }
    return result.build();
  }
}
