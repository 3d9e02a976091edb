package io.sa2va.core.encode.qwenvit;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.nn.Norm;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.List;

/**
 * Makes one token of the patches of a cell: (N, C) → (N/m², D), m patches along a side of a cell.
 *
 * <p>Reference: {@code Qwen2_5_VLPatchMerger}, {@code Qwen3VLVisionPatchMerger}.
 */
final class PatchMerger {
  private final Norm norm;
  private final long normalized;
  private final Mlp mlp;
  private final long merged;

  /**
   * Takes the parts.
   *
   * @param normalized over how many values the norm goes: a patch, or a cell
   */
  private PatchMerger(Norm norm, long normalized, Mlp mlp, QwenVitConfig config) {
    this.norm = norm;
    this.normalized = normalized;
    this.mlp = mlp;
    this.merged = config.mergedSize();
  }

  /** Qwen2.5-VL's. Weights: {@code ln_q}, {@code mlp.{0, 2}}. */
  static PatchMerger ofQwen25(QwenVitConfig config, Weights weights) {
    return new PatchMerger(
        new RmsNorm(weights.at("ln_q"), config.hiddenSize(), VisionBlock.EPS),
        config.hiddenSize(),
        mlp(config, weights.at("mlp"), List.of("0", "2")),
        config);
  }

  /** Qwen3-VL's last. Weights: {@code norm}, {@code linear_fc1}, {@code linear_fc2}. */
  static PatchMerger ofPatches(QwenVitConfig config, Weights weights) {
    return ofQwen3(config, config.hiddenSize(), weights);
  }

  /** Qwen3-VL's for deepstack, which normalises whole cells. The same names. */
  static PatchMerger ofCells(QwenVitConfig config, Weights weights) {
    return ofQwen3(config, config.mergedSize(), weights);
  }

  private static PatchMerger ofQwen3(QwenVitConfig config, long normalized, Weights weights) {
    return new PatchMerger(
        new LayerNorm(weights.at("norm"), normalized, VisionBlock.EPS),
        normalized,
        mlp(config, weights, List.of("linear_fc1", "linear_fc2")),
        config);
  }

  private static Mlp mlp(QwenVitConfig config, Weights weights, List<String> names) {
    long merged = config.mergedSize();
    return new Mlp(weights, names, Tensor::gelu, merged, merged, config.outHiddenSize());
  }

  Tensor forward(Tensor x) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor even = norm.forward(x.reshape(-1, normalized)); // (N, C) or (N/m², m²·C)
      return scope.handUp(mlp.forward(even.view(-1, merged))); // (N/m², D)
    }
  }
}
