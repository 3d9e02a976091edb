package io.sa2va.core.sam2.hiera;

import java.util.ArrayList;
import java.util.List;

/**
 * What one block of the trunk does.
 *
 * @param in channels in
 * @param out channels out
 * @param heads attention heads
 * @param window side of the attention windows, or 0 where attention sees the whole picture
 * @param pools whether it halves the resolution, as the first block of every stage but the first
 */
record BlockConfig(int in, int out, int heads, int window, boolean pools) {
  /** The blocks of each stage. */
  static List<List<BlockConfig>> stagesOf(HieraConfig config) {
    List<List<BlockConfig>> stages = new ArrayList<>();
    int index = 0;
    for (int stage = 0; stage < HieraConfig.STAGES; stage++) {
      List<BlockConfig> blocks = new ArrayList<>();
      for (int i = 0; i < config.stages().get(stage); i++) {
        blocks.add(block(config, stage, i == 0 && stage > 0, index++));
      }
      stages.add(List.copyOf(blocks));
    }
    return List.copyOf(stages);
  }

  private static BlockConfig block(HieraConfig config, int stage, boolean enters, int index) {
    // A block that enters a stage still sees the resolution, and so the windows, of the one before.
    int windowStage = enters ? stage - 1 : stage;
    return new BlockConfig(
        config.width(windowStage),
        config.width(stage),
        config.heads(stage),
        config.globalBlocks().contains(index) ? 0 : config.windowSpec().get(windowStage),
        enters);
  }
}
