package io.sa2va.core.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A set of (columns, rows) pairs that iterates in the order of CPython's {@code set} of tuples.
 *
 * <p>The reference sorts such a set by area only, so between grids of one area the set's order is
 * what breaks a tie between two aspect ratios equally far from the picture's. The order follows
 * from the hash (that of a tuple: xxHash's rounds, CPython 3.8 and later on 64 bits) and from the
 * table (Objects/setobject.c: linear probes, then a perturbed jump; the growth is that of sets of
 * up to 50,000). Not thread-safe.
 */
final class PythonTileGridSet {
  private static final int SMALLEST_TABLE = 8;
  private static final int LINEAR_PROBES = 9;
  private static final int PERTURB_SHIFT = 5;

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private TileGrid[] table = new TileGrid[SMALLEST_TABLE];
  private int size;

  /** Adds the grid unless it is there. */
  void add(TileGrid grid) {
    int slot = slotOf(grid);
    if (table[slot] != null) {
      return;
    }
    table[slot] = grid;
    size++;
    int mask = table.length - 1;
    if (size * 5L >= mask * 3L) {
      grow(size * 4);
    }
  }

  /** The grids in the set's iteration order. */
  List<TileGrid> toList() {
    return new ArrayList<>(Arrays.stream(table).filter(Objects::nonNull).toList());
  }

  private void grow(int moreThan) {
    TileGrid[] old = table;
    table = new TileGrid[Math.max(SMALLEST_TABLE, Integer.highestOneBit(moreThan) * 2)];
    for (TileGrid grid : old) {
      if (grid != null) {
        table[slotOf(grid)] = grid;
      }
    }
  }

  /** Where the grid is, or the free slot where it belongs. */
  private int slotOf(TileGrid grid) {
    int mask = table.length - 1;
    long perturb = hash(grid);
    int start = (int) (perturb & mask);
    while (true) {
      int last = start + LINEAR_PROBES <= mask ? start + LINEAR_PROBES : start;
      for (int slot = start; slot <= last; slot++) {
        if (table[slot] == null || table[slot].equals(grid)) {
          return slot;
        }
      }
      perturb >>>= PERTURB_SHIFT;
      start = (int) ((start * 5L + 1 + perturb) & mask);
    }
  }

  private static long hash(TileGrid grid) {
    long hash = round(round(PRIME_5, grid.columns()), grid.rows());
    hash += 2 ^ (PRIME_5 ^ 3527539L);
    return hash == -1 ? 1546275796L : hash;
  }

  private static long round(long hash, int item) {
    return Long.rotateLeft(hash + item * PRIME_2, 31) * PRIME_1;
  }
}
