package io.sa2va.core.sam2.predict;

import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.core.sam2.track.Direction;
import io.sa2va.core.sam2.track.MemoryBank;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.torch.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link VideoPredictor} knows of one object: its prompts, its outputs and its memory.
 *
 * <p>Outputs of prompts wait until the video is tracked, and only then become memory, so that
 * further points on the same frame can still change them. It owns its tensors. For one thread at a
 * time.
 */
final class TrackedObject implements AutoCloseable {
  private final MemoryBank bank;
  private final Map<Integer, Points> points = new HashMap<>();
  private final Map<Integer, Direction> trackedFrames = new HashMap<>();
  private final SortedMap<Integer, ObjectOutput> waitingConditioning = new TreeMap<>();
  private final SortedMap<Integer, ObjectOutput> waitingCorrections = new TreeMap<>();
  private final SortedMap<Integer, ObjectOutput> outputs = new TreeMap<>();

  TrackedObject(MemoryBank bank) {
    this.bank = bank;
  }

  MemoryBank bank() {
    return bank;
  }

  /** Frames that await their memory, and condition others. */
  SortedMap<Integer, ObjectOutput> waitingConditioning() {
    return waitingConditioning;
  }

  /** Frames that await their memory, and were tracked before. */
  SortedMap<Integer, ObjectOutput> waitingCorrections() {
    return waitingCorrections;
  }

  /** All points on a frame, those of earlier calls first. */
  Points addPoints(int frame, Points more) {
    return points.merge(frame, more, Points::followedBy);
  }

  /** Forgets the points on a frame. */
  void clearPoints(int frame) {
    points.remove(frame);
  }

  /** Which way a frame was tracked, if it was. */
  Optional<Direction> trackedDirection(int frame) {
    return Optional.ofNullable(trackedFrames.get(frame));
  }

  void markTracked(int frame, Direction direction) {
    trackedFrames.put(frame, direction);
  }

  /** The last mask on a frame that a prompt of this kind would refine (1, 1, s, s). */
  Optional<Tensor> earlierMask(int frame, boolean conditioning) {
    ObjectOutput waiting = (conditioning ? waitingConditioning : waitingCorrections).get(frame);
    ObjectOutput output = waiting != null ? waiting : outputs.get(frame);
    return Optional.ofNullable(output).map(ObjectOutput::masks);
  }

  /** Keeps the output of a prompt until the video is tracked. */
  void await(int frame, boolean conditioning, Prediction prediction) {
    put(
        conditioning ? waitingConditioning : waitingCorrections,
        frame,
        new ObjectOutput(prediction));
  }

  /**
   * Drops corrections of frames that condition others: the reference keeps what it first made of
   * them, unless corrections condition too.
   */
  void dropCorrectionsOfConditioningFrames() {
    waitingCorrections
        .entrySet()
        .removeIf(
            entry -> {
              boolean drop = bank.isConditioning(entry.getKey());
              if (drop) {
                entry.getValue().close();
              }
              return drop;
            });
  }

  /** Keeps the final output on a frame. */
  void settle(int frame, ObjectOutput output) {
    put(outputs, frame, output);
  }

  /** The final output on a frame. */
  Optional<ObjectOutput> output(int frame) {
    return Optional.ofNullable(outputs.get(frame));
  }

  private static void put(
      SortedMap<Integer, ObjectOutput> outputs, int frame, ObjectOutput output) {
    ObjectOutput before = outputs.put(frame, output);
    if (before != null) {
      before.close();
    }
  }

  @Override
  public void close() {
    waitingConditioning.values().forEach(ObjectOutput::close);
    waitingCorrections.values().forEach(ObjectOutput::close);
    outputs.values().forEach(ObjectOutput::close);
    bank.close();
  }
}
