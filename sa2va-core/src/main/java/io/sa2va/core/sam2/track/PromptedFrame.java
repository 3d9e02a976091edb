package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.Optional;

/**
 * One step of SAM2 on a frame with points: on a frame seen for the first time without memory, or as
 * a correction of what was tracked.
 *
 * <p>Reference: {@code SAM2Base.track_step} with point inputs. Immutable and thread-safe.
 */
public final class PromptedFrame {
  /** Up to this many points are ambiguous: the best of three masks is taken. */
  private static final int AMBIGUOUS_POINTS = 1;

  /** Limit of the logits of an earlier mask. */
  private static final double LOGIT_LIMIT = 32;

  private final ConditionedFeatures conditioned;
  private final PromptEncoder prompts;
  private final SamHeads heads;

  public PromptedFrame(ConditionedFeatures conditioned, PromptEncoder prompts, SamHeads heads) {
    this.conditioned = conditioned;
    this.prompts = prompts;
    this.heads = heads;
  }

  /**
   * Segments a frame that was not tracked before.
   *
   * @param earlier what was predicted from fewer points on this frame (N, 1, S / 4, S / 4)
   */
  public Prediction first(FrameFeatures frame, Points points, Optional<Tensor> earlier) {
    try (TensorScope scope = TensorScope.open()) {
      return predict(conditioned.withoutMemory(frame), frame, points, earlier).handUp(scope);
    }
  }

  /**
   * Segments a frame again that was tracked before.
   *
   * @param tracked the mask that is corrected (N, 1, S / 4, S / 4)
   */
  public Prediction correction(
      int index,
      FrameFeatures frame,
      Points points,
      Optional<Tensor> tracked,
      MemoryBank bank,
      Direction direction) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor picture = conditioned.forward(frame, index, bank, direction);
      return predict(picture, frame, points, tracked).handUp(scope);
    }
  }

  private Prediction predict(
      Tensor picture, FrameFeatures frame, Points points, Optional<Tensor> earlier) {
    PromptTokens tokens =
        earlier.isPresent()
            ? prompts.pointsAndMask(
                points, earlier.get().clamp(-LOGIT_LIMIT, LOGIT_LIMIT).to(frame.top().dtype()))
            : prompts.points(points);
    return points.count() <= AMBIGUOUS_POINTS
        ? heads.best(picture, frame.details(), tokens)
        : heads.single(picture, frame.details(), tokens);
  }
}
