package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * One step of SAM2 on a frame without a prompt: condition its features on the memory, predict
 * masks, remember them.
 *
 * <p>Reference: {@code SAM2Base.track_step}. All objects of a bank share each step. Immutable and
 * thread-safe; the state is the {@link MemoryBank}.
 */
public final class FrameTracker {
  private final ConditionedFeatures conditioned;
  private final PromptEncoder prompts;
  private final SamHeads heads;
  private final MemoryWriter memory;

  public FrameTracker(
      ConditionedFeatures conditioned, PromptEncoder prompts, SamHeads heads, MemoryWriter memory) {
    this.conditioned = conditioned;
    this.prompts = prompts;
    this.heads = heads;
    this.memory = memory;
  }

  /**
   * Masks of the bank's objects on a frame.
   *
   * @param bank with at least one conditioning frame
   */
  public Prediction track(int index, FrameFeatures frame, MemoryBank bank, Direction direction) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor picture = conditioned.forward(frame, index, bank, direction); // (N, C, h, w)
      Prediction prediction =
          heads.best(picture, frame.details(), prompts.nothing(picture.size(0)));
      bank.addTracked(index, memory.write(frame, prediction));
      return prediction.handUp(scope);
    }
  }
}
