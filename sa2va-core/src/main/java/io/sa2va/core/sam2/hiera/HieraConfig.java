package io.sa2va.core.sam2.hiera;

import io.sa2va.core.config.ConfigNode;
import java.util.List;

/**
 * Sizes of the trunk, under the names of SAM2's {@code trunk} configuration.
 *
 * @param embedDim channels of the first stage; each later stage has twice as many
 * @param numHeads attention heads of the first stage; each later stage has twice as many
 * @param stages blocks of each of the four stages
 * @param globalBlocks indices of the blocks whose attention sees the whole picture
 * @param backgroundHeight rows of the coarse position embedding
 * @param backgroundWidth columns of the coarse position embedding
 * @param windowSpec side of the attention windows in each stage, in tokens
 */
public record HieraConfig(
    int embedDim,
    int numHeads,
    List<Integer> stages,
    List<Integer> globalBlocks,
    int backgroundHeight,
    int backgroundWidth,
    List<Integer> windowSpec) {
  /** Stages of every SAM2 trunk; each but the first halves the resolution. */
  public static final int STAGES = 4;

  /** Picture pixels a side that become one token of the first stage. */
  public static final int PATCH_STRIDE = 4;

  private static final int MAX_WIDTH = 1 << 14;
  private static final int MAX_BLOCKS = 1 << 10;

  public HieraConfig {
    stages = List.copyOf(stages);
    globalBlocks = List.copyOf(globalBlocks);
    windowSpec = List.copyOf(windowSpec);
  }

  /** Hiera-L, the trunk of every published Sa2VA model. */
  public static HieraConfig large() {
    return new HieraConfig(
        144, 2, List.of(2, 6, 36, 4), List.of(23, 33, 43), 7, 7, List.of(8, 4, 16, 8));
  }

  /**
   * Reads the {@code trunk} object.
   *
   * @throws io.sa2va.error.ModelConfigException naming the key that is missing or out of range
   */
  public static HieraConfig read(ConfigNode node) {
    List<Integer> background = node.integers("window_pos_embed_bkg_spatial_size", 1);
    require(
        node,
        "window_pos_embed_bkg_spatial_size",
        background.size() == 2 && background.stream().allMatch(n -> n <= MAX_WIDTH),
        "two sides of at most " + MAX_WIDTH);
    HieraConfig config =
        new HieraConfig(
            node.integer("embed_dim", 1),
            node.integer("num_heads", 1),
            node.integers("stages", 1),
            node.integers("global_att_blocks", 0),
            background.get(0),
            background.get(1),
            node.integers("window_spec", 1));
    config.validate(node);
    return config;
  }

  private void validate(ConfigNode node) {
    require(node, "embed_dim", embedDim <= MAX_WIDTH, "at most " + MAX_WIDTH);
    require(
        node,
        "num_heads",
        numHeads <= embedDim && embedDim % numHeads == 0,
        "a divisor of embed_dim");
    require(
        node,
        "stages",
        stages.size() == STAGES && stages.stream().allMatch(n -> n <= MAX_BLOCKS),
        "four numbers of at most " + MAX_BLOCKS);
    require(
        node,
        "global_att_blocks",
        globalBlocks.stream().allMatch(i -> i < depth()),
        "indices of the " + depth() + " blocks");
    require(
        node,
        "window_spec",
        windowSpec.size() == STAGES
            && windowSpec.stream().allMatch(n -> n <= MAX_WIDTH)
            && windowSpec.subList(0, STAGES - 1).stream().allMatch(n -> n % 2 == 0),
        "four window sides, even in all stages but the last");
  }

  private static void require(ConfigNode node, String key, boolean sound, String expected) {
    if (!sound) {
      throw node.error(key, expected);
    }
  }

  /** Blocks of all stages. */
  public int depth() {
    return stages.stream().mapToInt(Integer::intValue).sum();
  }

  /** Channels of a stage, counted from 0. */
  public int width(int stage) {
    return embedDim << stage;
  }

  int heads(int stage) {
    return numHeads << stage;
  }
}
