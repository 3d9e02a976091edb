package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.memory.MemoryAttention;
import io.sa2va.core.sam2.memory.MemoryConfig;
import io.sa2va.core.sam2.memory.MemoryEncoder;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;

/**
 * One step of SAM2 on a frame: condition its features on the memory, predict masks, remember them.
 *
 * <p>Reference: {@code SAM2Base.track_step}. All objects of a bank share each step. Immutable and
 * thread-safe; the state is the {@link MemoryBank}.
 */
public final class FrameTracker {
  private final MemoryConfig config;
  private final PromptEncoder prompts;
  private final ConditionedFeatures conditioned;
  private final SamHeads heads;
  private final MemoryWriter memory;

  /**
   * @param weights those of SAM2 as a whole
   * @param width channels C
   * @param imageSize side of the square picture in pixels
   * @param side of the top feature map
   */
  public FrameTracker(
      MemoryConfig config,
      PromptEncoder prompts,
      SamHeads heads,
      Weights weights,
      int width,
      int imageSize,
      int side) {
    this.config = config;
    this.prompts = prompts;
    this.heads = heads;
    MemoryAttention attention =
        new MemoryAttention(config, weights.at("memory_attention"), width, side);
    this.conditioned = new ConditionedFeatures(config, attention, weights, width, side);
    this.memory =
        new MemoryWriter(new MemoryEncoder(config, weights.at("memory_encoder"), width), imageSize);
  }

  /** An empty memory, for the caller to close. */
  public MemoryBank openBank() {
    return new MemoryBank(config.frames() - 1, config.maxPointers() - 1);
  }

  /** Masks of prompted objects on a picture by itself. */
  public Prediction still(FrameFeatures frame, PromptTokens prompts) {
    try (TensorScope scope = TensorScope.open()) {
      return heads.best(conditioned.withoutMemory(frame), frame.details(), prompts).handUp(scope);
    }
  }

  /** Masks of prompted objects on a frame, seen without memory, to condition others on. */
  public Prediction condition(
      int index, FrameFeatures frame, PromptTokens prompts, MemoryBank bank) {
    Prediction prediction = still(frame, prompts);
    try (TensorScope scope = TensorScope.open()) {
      bank.addConditioning(index, memory.write(frame, prediction));
    }
    return prediction;
  }

  /** Masks of the bank's objects on a frame without a prompt. */
  public Prediction track(int index, FrameFeatures frame, MemoryBank bank) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor picture = conditioned.forward(frame, index, bank); // (N, C, h, w)
      Prediction prediction =
          heads.best(picture, frame.details(), prompts.nothing(picture.size(0)));
      bank.addTracked(index, memory.write(frame, prediction));
      return prediction.handUp(scope);
    }
  }
}
