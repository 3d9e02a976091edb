package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.llm.RotaryPositions;
import io.sa2va.torch.Carry;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Qwen2.5-VL's vision transformer: most layers attend within windows, a few to the whole picture.
 *
 * <p>Reference: {@code Qwen2_5_VisionTransformerPretrainedModel}. Weights: {@code visual.*}.
 */
public final class Qwen25Vit implements QwenVit {
  private final Qwen25VitConfig config;
  private final Device device;
  private final VisionPatchEmbed patchEmbed;
  private final VisionRope rope;
  private final List<VisionBlock> blocks;
  private final PatchMerger merger;

  /**
   * Reads the weights.
   *
   * @param weights at {@code visual}
   */
  public Qwen25Vit(Qwen25VitConfig config, Weights weights) {
    QwenVitConfig common = config.common();
    this.config = config;
    this.device = weights.device();
    this.patchEmbed = VisionPatchEmbed.withoutBias(common, weights.at("patch_embed.proj"));
    this.rope = new VisionRope(common, device);
    this.blocks =
        IntStream.range(0, common.depth())
            .mapToObj(i -> VisionBlock.gated(common, weights.at("blocks").at(i)))
            .toList();
    this.merger = PatchMerger.ofQwen25(common, weights.at("merger"));
  }

  @Override
  public VisionFeatures forward(Tensor patches, PatchGrid grid) {
    try (TensorScope scope = TensorScope.open()) {
      WindowLayout windows = WindowLayout.of(grid, config.windowCells());
      Tensor order = indices(windows.cellOfPlace()); // (N/m²)
      RotaryPositions rotations =
          RotaryPositions.of(sorted(rope.angles(grid), order, grid), 1); // (N, d/2)
      List<AttentionSpans> whole = List.of(new AttentionSpans(1, grid.patches()));
      try (Carry hidden = Carry.of(sorted(patchEmbed.forward(patches), order, grid))) { // (N, C)
        for (int i = 0; i < blocks.size(); i++) {
          VisionBlock block = blocks.get(i);
          boolean full = config.fullAttentionLayers().contains(i);
          hidden.step(x -> block.forward(x, rotations, full ? whole : windows.spans())); // (N, C)
        }
        Tensor tokens = merger.forward(hidden.tensor()); // (N/m², D)
        Tensor rowByRow = tokens.indexSelect(0, indices(windows.placeOfCell())); // (N/m², D)
        return new VisionFeatures(scope.handUp(rowByRow), List.of());
      }
    }
  }

  /** Puts the patches of cells into another order of cells: (N, …) → (N, …). */
  private static Tensor sorted(Tensor patches, Tensor order, PatchGrid grid) {
    return patches.unflatten(0, -1, grid.patchesPerCell()).indexSelect(0, order).flatten(0, 1);
  }

  private Tensor indices(long[] values) {
    return Tensors.of(values, values.length).to(device);
  }

  @Override
  public QwenVitConfig config() {
    return config.common();
  }
}
