package io.sa2va.core.sam2.predict;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Fills small holes in masks: 8-connected areas outside the object become barely inside.
 *
 * <p>Reference: {@code fill_holes_in_mask_scores} in sam2's misc.py.
 */
final class HoleFilling {
  /** A logit just inside. */
  private static final float INSIDE = 0.1f;

  private HoleFilling() {}

  /** Mask logits (N, 1, h, w) with all holes of at most {@code maxArea} cells filled. */
  static Tensor fill(Tensor masks, int maxArea) {
    int height = (int) masks.size(2);
    int width = (int) masks.size(3);
    float[] logits = masks.toFloatArray();
    for (int start = 0; start < logits.length; start += height * width) {
      fill(logits, start, height, width, maxArea);
    }
    return Tensors.of(logits, masks.shape()).to(masks.device());
  }

  private static void fill(float[] logits, int start, int height, int width, int maxArea) {
    boolean[] seen = new boolean[height * width];
    for (int cell = 0; cell < seen.length; cell++) {
      if (!seen[cell] && logits[start + cell] <= 0) {
        int[] area = area(logits, start, height, width, cell, seen);
        if (area.length <= maxArea) {
          for (int member : area) {
            logits[start + member] = INSIDE;
          }
        }
      }
    }
  }

  /** The cells outside the object that hang together with one of them. */
  private static int[] area(
      float[] logits, int start, int height, int width, int first, boolean[] seen) {
    Deque<Integer> open = new ArrayDeque<>();
    Deque<Integer> members = new ArrayDeque<>();
    seen[first] = true;
    open.add(first);
    while (!open.isEmpty()) {
      int cell = open.remove();
      members.add(cell);
      int row = cell / width;
      int column = cell % width;
      for (int y = Math.max(row - 1, 0); y <= Math.min(row + 1, height - 1); y++) {
        for (int x = Math.max(column - 1, 0); x <= Math.min(column + 1, width - 1); x++) {
          int neighbour = y * width + x;
          if (!seen[neighbour] && logits[start + neighbour] <= 0) {
            seen[neighbour] = true;
            open.add(neighbour);
          }
        }
      }
    }
    return members.stream().mapToInt(Integer::intValue).toArray();
  }
}
