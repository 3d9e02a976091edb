package io.sa2va.core.train.nano;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.PendingTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Weights that training from scratch begins with, by their names and shapes.
 *
 * <p>Maps keep the size of what goes through them, positions are as large as what they are added
 * to, and the last map of every residual branch is small. Each weight follows from the seed and its
 * name alone.
 */
final class InitialWeights {
  /** Of a residual branch's last map: with about ten of them the sum stays near its start. */
  private static final double BRANCH = 0.3;

  private static final double SMALL = 0.02;
  private static final double LAYER_SCALE = 0.1;

  private static final String QUERIES = "self_attn.q_proj.weight";
  private static final long HEAD_WIDTH = 32;

  private final long seed;

  InitialWeights(long seed) {
    this.seed = seed;
  }

  /** The weights of these shapes, float32, each made when it is written. */
  Map<String, PendingTensor> of(Map<String, List<Long>> shapes) {
    Map<String, PendingTensor> weights = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) ->
            weights.put(
                name,
                new PendingTensor(
                    DType.FLOAT32,
                    shape,
                    () ->
                        name.endsWith(QUERIES) && !LookBack.has(name)
                            ? likeKeys(name, shape, shapes.get(name.replace("q_proj", "k_proj")))
                            : make(name, shape))));
    return weights;
  }

  private Tensor make(String name, List<Long> shape) {
    if (LookBack.has(name)) {
      return LookBack.of(name, shape);
    }
    if (name.endsWith(".position_embedding")) {
      return GridPositions.of(shape);
    }
    if (name.equals("vision_model.embeddings.patch_embedding.weight")) {
      return PatchWaves.of(shape);
    }
    if (shape.size() == 1 && !isEmbedding(name)) {
      return constant(name, shape);
    }
    return normal(name, shape, deviation(name, shape));
  }

  /**
   * Queries begin as keys do, so that attention begins with what is alike: words find the image
   * tokens that resemble them.
   *
   * @param keys the shape of the keys' map, of the same width
   */
  private Tensor likeKeys(String name, List<Long> shape, List<Long> keys) {
    String nameOfKeys = name.replace("q_proj", "k_proj");
    long width = shape.get(1);
    Tensor k = normal(nameOfKeys, keys, deviation(nameOfKeys, keys)); // (K·d, D)
    return k.view(keys.get(0) / HEAD_WIDTH, 1, HEAD_WIDTH, width)
        .repeat(1, shape.get(0) / keys.get(0), 1, 1)
        .reshape(shape.get(0), width); // (H·d, D)
  }

  private static Tensor constant(String name, List<Long> shape) {
    float[] values = new float[Math.toIntExact(shape.get(0))];
    Arrays.fill(values, (float) constant(name));
    return Tensors.of(values, values.length);
  }

  private static double constant(String name) {
    if (name.endsWith("g_weight")) {
      return LAYER_SCALE;
    }
    return name.endsWith(".weight") || name.endsWith(".ls1") || name.endsWith(".ls2") ? 1 : 0;
  }

  private static boolean isEmbedding(String name) {
    return name.contains("embed") && !name.endsWith(".bias");
  }

  private static double deviation(String name, List<Long> shape) {
    if (name.contains("maskmem_tpos_enc")
        || name.contains("no_mem")
        || name.contains(".pos_embed")) {
      return SMALL;
    }
    if (name.contains("gaussian")
        || (isEmbedding(name) && !name.contains("patch_embed"))
        || name.contains("token.weight")
        || name.contains("tokens.weight")) {
      return 1;
    }
    double kept = 1 / Math.sqrt((double) inputs(name, shape));
    return isBranchEnd(name) ? BRANCH * kept : kept;
  }

  /** How many values each result of a map is the sum of. */
  private static long inputs(String name, List<Long> shape) {
    long inputs = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
    // Transposed convolutions store their inputs first.
    return name.contains("output_upscaling") ? shape.get(0) : inputs;
  }

  private static boolean isBranchEnd(String name) {
    return name.endsWith("o_proj.weight")
        || name.endsWith("down_proj.weight")
        || name.endsWith("attn.proj.weight")
        || name.endsWith("mlp.fc2.weight")
        || name.endsWith("out_proj.weight")
        || name.endsWith("mlp.layers.1.weight")
        || name.endsWith("linear2.weight");
  }

  private Tensor normal(String name, List<Long> shape, double deviation) {
    Random random = new Random(seed * 31 + name.hashCode());
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    float[] values = new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Tensors.of(values, sizes);
  }
}
