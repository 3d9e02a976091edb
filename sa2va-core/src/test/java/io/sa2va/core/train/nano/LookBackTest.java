package io.sa2va.core.train.nano;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.TensorScope;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookBackTest {
  private static final String LAYER = "language_model.model.layers.0.self_attn.";
  private static final int WIDTH = 32;
  private static final int FOUR_FRAMES = 4 * (64 + 3);

  @Test
  void of_biases_lookAtTheSameCellAndThoseAroundItFourFramesAgo() {
    assertThat(List.of(way(0), way(1), way(2), way(3), way(4), way(5)))
        .containsExactly(
            FOUR_FRAMES,
            FOUR_FRAMES + 1,
            FOUR_FRAMES,
            FOUR_FRAMES - 1,
            FOUR_FRAMES + 8,
            FOUR_FRAMES - 8);
  }

  @Test
  void of_maps_areZero() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(LookBack.of(LAYER + "k_proj.weight", List.of(96L, 192L)).toFloatArray())
          .hasSize(96 * 192)
          .containsOnly(0);
    }
  }

  /** How many tokens back a head looks most, of a thousand. */
  private static int way(int head) {
    try (TensorScope scope = TensorScope.open()) {
      float[] queries = LookBack.of(LAYER + "q_proj.bias", List.of(6L * WIDTH)).toFloatArray();
      float[] keys = LookBack.of(LAYER + "k_proj.bias", List.of(3L * WIDTH)).toFloatArray();
      int best = 0;
      for (int way = 1; way < 1000; way++) {
        if (score(queries, keys, head, way) > score(queries, keys, head, best)) {
          best = way;
        }
      }
      return best;
    }
  }

  /** The product of a query and the key of a token some way back, each turned by its position. */
  private static double score(float[] queries, float[] keys, int head, int way) {
    int half = WIDTH / 2;
    double sum = 0;
    for (int i = 0; i < half; i++) {
      double turn = way * Math.pow(10000, -(double) i / half);
      double first = queries[head * WIDTH + i];
      double second = queries[head * WIDTH + i + half];
      double turned = first * Math.cos(turn) - second * Math.sin(turn);
      double turnedSecond = first * Math.sin(turn) + second * Math.cos(turn);
      int key = head / 2 * WIDTH + i;
      sum += turned * keys[key] + turnedSecond * keys[key + half];
    }
    return sum;
  }
}
