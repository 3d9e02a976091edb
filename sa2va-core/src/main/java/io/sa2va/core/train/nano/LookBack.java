package io.sa2va.core.train.nano;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.stream.Stream;

/**
 * How attention begins in the first layer: each cell of a clip's last key frame looks at the same
 * cell of the first key frame and at the four around it, whatever they show. Biases of queries and
 * keys alone do that, since rotary positions turn them by how far apart two tokens are; that a
 * difference between two frames is worth looking for, is not found by training in reasonable time.
 */
final class LookBack {
  /** Tokens of a key frame: {@code <img>}, its cells, {@code </img>} and a line break. */
  private static final int FRAME = TargetDescriptor.CELLS + 3;

  private static final int FRAMES = 4;
  private static final int ROW = CellLabels.TOKEN_GRID;

  /** Tokens to what each head of the queries looks at. */
  private static final int[] WAYS = {
    FRAMES * FRAME,
    FRAMES * FRAME + 1,
    FRAMES * FRAME,
    FRAMES * FRAME - 1,
    FRAMES * FRAME + ROW,
    FRAMES * FRAME - ROW
  };

  private static final String LAYER = "language_model.model.layers.0.";
  private static final String QUERIES = ".q_proj.";
  private static final int HEAD_WIDTH = 32;
  private static final double THETA = 10000;

  /** With this the neighbours of what is looked at get less than a hundredth of the attention. */
  private static final float STRENGTH = 6.4f;

  private LookBack() {}

  /** Whether a weight is one of the first layer that begins so. */
  static boolean has(String name) {
    return name.startsWith(LAYER)
        && Stream.of(QUERIES, ".k_proj.", ".o_proj.", ".down_proj.").anyMatch(name::contains);
  }

  /** A bias, or zeros for a map: what is looked at does not count yet, and adds nothing. */
  static Tensor of(String name, List<Long> shape) {
    int rows = Math.toIntExact(shape.get(0));
    if (name.endsWith(".weight")) {
      return Tensors.of(
          new float[Math.toIntExact(rows * shape.get(1))], shape.get(0), shape.get(1));
    }
    float[] bias = new float[rows];
    boolean queries = name.contains(QUERIES);
    for (int head = 0; head < rows / HEAD_WIDTH; head++) {
      look(bias, head * HEAD_WIDTH, queries ? WAYS[head % WAYS.length] : 0);
    }
    return Tensors.of(bias, rows);
  }

  /** Turned by how far away it looks: value i together with value i + half. */
  private static void look(float[] bias, int from, int way) {
    int pairs = HEAD_WIDTH / 2;
    for (int i = 0; i < pairs; i++) {
      double angle = way * Math.pow(THETA, -(double) i / pairs);
      bias[from + i] = (float) (STRENGTH * Math.cos(angle));
      bias[from + i + pairs] = (float) (-STRENGTH * Math.sin(angle));
    }
  }
}
