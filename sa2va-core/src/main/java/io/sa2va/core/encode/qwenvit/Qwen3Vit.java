package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.llm.RotaryPositions;
import io.sa2va.torch.Carry;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Qwen3-VL's vision transformer: trained positions are added to the patches, and some layers'
 * outputs go to the language model's first layers.
 *
 * <p>Reference: {@code Qwen3VLVisionModel}. Weights: {@code visual.*}.
 */
public final class Qwen3Vit implements QwenVit {
  private final Qwen3VitConfig config;
  private final VisionPatchEmbed patchEmbed;
  private final PositionTable positions;
  private final VisionRope rope;
  private final List<VisionBlock> blocks;
  private final List<PatchMerger> deepstackMergers;
  private final PatchMerger merger;

  /**
   * Reads the weights.
   *
   * @param weights at {@code visual}
   */
  public Qwen3Vit(Qwen3VitConfig config, Weights weights) {
    QwenVitConfig common = config.common();
    this.config = config;
    this.patchEmbed = VisionPatchEmbed.of(common, weights.at("patch_embed.proj"));
    this.positions =
        new PositionTable(config.positionGrid(), common.hiddenSize(), weights.at("pos_embed"));
    this.rope = new VisionRope(common, weights.device());
    this.blocks =
        IntStream.range(0, common.depth())
            .mapToObj(i -> VisionBlock.plain(common, weights.at("blocks").at(i)))
            .toList();
    this.deepstackMergers =
        IntStream.range(0, config.deepstackLayers().size())
            .mapToObj(i -> PatchMerger.ofCells(common, weights.at("deepstack_merger_list").at(i)))
            .toList();
    this.merger = PatchMerger.ofPatches(common, weights.at("merger"));
  }

  @Override
  public VisionFeatures forward(Tensor patches, PatchGrid grid) {
    try (TensorScope scope = TensorScope.open()) {
      RotaryPositions rotations = RotaryPositions.of(rope.angles(grid), 1); // (N, d/2)
      List<AttentionSpans> whole = List.of(new AttentionSpans(1, grid.patches()));
      Tensor embedded = patchEmbed.forward(patches).add(positions.forward(grid)); // (N, C)
      List<Tensor> deepstack = new ArrayList<>();
      try (Carry hidden = Carry.of(embedded)) {
        for (int i = 0; i < blocks.size(); i++) {
          VisionBlock block = blocks.get(i);
          hidden.step(x -> block.forward(x, rotations, whole)); // (N, C)
          if (config.deepstackLayers().contains(i)) {
            PatchMerger finer = deepstackMergers.get(deepstack.size());
            deepstack.add(scope.handUp(finer.forward(hidden.tensor()))); // (N/m², D)
          }
        }
        Tensor tokens = merger.forward(hidden.tensor()); // (N/m², D)
        return new VisionFeatures(scope.handUp(tokens), deepstack);
      }
    }
  }

  @Override
  public QwenVitConfig config() {
    return config.common();
  }
}
