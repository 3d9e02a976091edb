package io.sa2va.core.sam2.hiera;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * SAM2's image trunk (Ryali et al., "Hiera", 2023): four stages of transformer blocks, each at half
 * the resolution and twice the width of the one before.
 *
 * <p>Reference: {@code Hiera} in sam2's hieradet.py. Weights: {@code image_encoder.trunk}.
 * Immutable and thread-safe.
 */
public final class Hiera {
  private final PatchEmbed patchEmbed;
  private final TrunkPosition position;
  private final List<List<MultiScaleBlock>> stages = new ArrayList<>();

  /**
   * @param imageSize side of the square picture in pixels
   */
  public Hiera(HieraConfig config, Weights weights, int imageSize) {
    this.patchEmbed = new PatchEmbed(weights.at("patch_embed"), config.embedDim());
    this.position = new TrunkPosition(weights, config, imageSize);
    int index = 0;
    for (List<BlockConfig> stage : BlockConfig.stagesOf(config)) {
      List<MultiScaleBlock> blocks = new ArrayList<>();
      for (BlockConfig block : stage) {
        blocks.add(new MultiScaleBlock(weights.at("blocks").at(index++), block));
      }
      stages.add(blocks);
    }
  }

  /**
   * Features of every stage, finest first.
   *
   * @param picture (1, 3, S, S), normalised
   * @return four maps; that of stage i is (1, C·2ⁱ, S / 2ⁱ⁺², S / 2ⁱ⁺²)
   */
  public List<Tensor> forward(Tensor picture) {
    List<Tensor> features = new ArrayList<>();
    Tensor x = patchEmbed.forward(picture).accumulate(position.embedding()); // (1, S/4, S/4, C)
    for (List<MultiScaleBlock> stage : stages) {
      for (MultiScaleBlock block : stage) {
        x = block.forward(x); // (1, H, W, C)
      }
      features.add(x.permute(0, 3, 1, 2)); // (1, C, H, W)
    }
    return features;
  }
}
