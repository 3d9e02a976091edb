package io.sa2va.core.sam2;

import io.sa2va.core.sam2.track.Direction;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.FrameTracker;
import io.sa2va.core.sam2.track.MemoryBank;
import io.sa2va.core.sam2.track.MemoryWriter;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * Follows language-prompted objects through one video, frame by frame.
 *
 * <p>First every key frame is added, then the other frames are tracked, in order. All objects share
 * each step, and what is remembered does not grow with the video, only with the number of key
 * frames. Frames are indices in the video, from 0; all masks are logits (N, 1, S / 4, S / 4).
 *
 * <p>For one thread at a time. Closing it frees what it remembers.
 */
public final class VideoTracker implements AutoCloseable {
  /** Segments a key frame from language prompts (N, C). */
  interface KeyFrameSegmenter {
    Prediction segment(FrameFeatures frame, Tensor languagePrompts);
  }

  private final Kept languagePrompts; // (N, C)
  private final KeyFrameSegmenter keyFrames;
  private final MemoryWriter memory;
  private final FrameTracker tracker;
  private final MemoryBank bank;
  private int lastTracked = -1;

  VideoTracker(
      Tensor languagePrompts,
      KeyFrameSegmenter keyFrames,
      MemoryWriter memory,
      FrameTracker tracker,
      MemoryBank bank) {
    this.keyFrames = keyFrames;
    this.memory = memory;
    this.tracker = tracker;
    this.bank = bank;
    try (TensorScope scope = TensorScope.open()) {
      this.languagePrompts = Kept.of(languagePrompts.copy());
    }
  }

  /**
   * Segments a key frame from the language prompts alone, and conditions the other frames on it.
   *
   * @throws IllegalStateException if a frame was tracked already
   */
  public Prediction addKeyFrame(int frame, FrameFeatures features) {
    if (lastTracked >= 0) {
      throw new IllegalStateException(
          "key frame " + frame + " comes after frame " + lastTracked + " was tracked");
    }
    try (TensorScope scope = TensorScope.open()) {
      Prediction prediction = keyFrames.segment(features, languagePrompts.tensor());
      bank.addConditioning(frame, memory.write(features, prediction));
      return prediction.handUp(scope);
    }
  }

  /**
   * Segments a frame from what is remembered of others.
   *
   * @throws IllegalStateException if there is no key frame
   * @throws IllegalArgumentException if it is a key frame itself, or not after the last one tracked
   */
  public Prediction track(int frame, FrameFeatures features) {
    if (!bank.hasConditioning()) {
      throw new IllegalStateException("add a key frame before tracking frame " + frame);
    }
    if (bank.isConditioning(frame) || frame <= lastTracked) {
      throw new IllegalArgumentException(
          "frame " + frame + " is a key frame or does not come after frame " + lastTracked);
    }
    Prediction prediction = tracker.track(frame, features, bank, Direction.FORWARD);
    lastTracked = frame;
    return prediction;
  }

  @Override
  public void close() {
    languagePrompts.close();
    bank.close();
  }
}
