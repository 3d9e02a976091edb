package io.sa2va.core.text;

import java.util.Arrays;

/**
 * Which pairs of symbols merge, into what, and in which order: a hash table on the two ids packed
 * into a long. Filled once by its maker, then only read.
 */
final class MergeTable {
  /** What {@link #find} returns for a pair that does not merge. */
  static final int NONE = -1;

  private static final long EMPTY = -1;

  private long[] keys = filled(1024);
  private int[] ranks = new int[1024];
  private int[] merged = new int[1024];
  private int size;

  /** Adds a pair; a pair added again takes the later rank, as in the reference. */
  void put(int left, int right, int rank, int result) {
    if (2 * (size + 1) > keys.length) {
      grow();
    }
    int slot = slotOf(key(left, right));
    if (keys[slot] == EMPTY) {
      size++;
    }
    keys[slot] = key(left, right);
    ranks[slot] = rank;
    merged[slot] = result;
  }

  /** Returns where the pair's entry is, for {@link #rank} and {@link #merged}, or {@link #NONE}. */
  int find(int left, int right) {
    int slot = slotOf(key(left, right));
    return keys[slot] == EMPTY ? NONE : slot;
  }

  /** Returns the order of an entry; the smallest merges first. */
  int rank(int entry) {
    return ranks[entry];
  }

  /** Returns the symbol that an entry's pair becomes. */
  int merged(int entry) {
    return merged[entry];
  }

  private static long key(int left, int right) {
    return ((long) left << 32) | right;
  }

  private int slotOf(long key) {
    long mixed = key * 0x9E3779B97F4A7C15L;
    int slot = (int) (mixed >>> 32) & (keys.length - 1);
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldRanks = ranks;
    int[] oldMerged = merged;
    keys = filled(2 * oldKeys.length);
    ranks = new int[keys.length];
    merged = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != EMPTY) {
        int slot = slotOf(oldKeys[i]);
        keys[slot] = oldKeys[i];
        ranks[slot] = oldRanks[i];
        merged[slot] = oldMerged[i];
      }
    }
  }

  private static long[] filled(int length) {
    long[] keys = new long[length];
    Arrays.fill(keys, EMPTY);
    return keys;
  }
}
