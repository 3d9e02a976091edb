package io.sa2va.core.sam2.predict;

import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.core.sam2.track.ConditionedFeatures;
import io.sa2va.core.sam2.track.Direction;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.FrameMemory;
import io.sa2va.core.sam2.track.FrameTracker;
import io.sa2va.core.sam2.track.MaskPrompt;
import io.sa2va.core.sam2.track.MemoryBank;
import io.sa2va.core.sam2.track.MemoryWriter;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.sam2.track.PromptedFrame;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Follows objects through one video that are shown by points, boxes and masks on any of its frames,
 * in either direction, and takes corrections.
 *
 * <p>Each object has its own prompts and memory. Everything is remembered until this is closed,
 * because a correction may come on any frame: about half a megabyte an object and frame at SAM2's
 * published size. Masks are logits (1, 1, S / 4, S / 4).
 *
 * <p>Reference: {@code SAM2VideoPredictor}. For one thread at a time.
 */
public final class VideoPredictor implements AutoCloseable {
  /** Encodes the video's frames. */
  public interface Frames {
    /** How many there are. */
    int count();

    /** One of them, from 0, encoded. Its tensors are borrowed, or of the innermost scope. */
    FrameFeatures features(int frame);
  }

  /** Takes the masks of one frame. */
  public interface Receiver {
    /**
     * Takes the predictions of all objects on one frame, in the order the objects were shown. They
     * are borrowed for the time of the call.
     *
     * @return whether to go on
     */
    boolean receive(int frame, List<Prediction> predictions);
  }

  /** SAM2's parts that it needs. All are borrowed. */
  public record Parts(
      ConditionedFeatures conditioned,
      PromptedFrame prompted,
      MaskPrompt masks,
      FrameTracker tracker,
      MemoryWriter memory) {}

  private final Parts parts;
  private final Frames frames;
  private final PredictorOptions options;
  private final Map<Integer, TrackedObject> objects = new LinkedHashMap<>();

  public VideoPredictor(Parts parts, Frames frames, PredictorOptions options) {
    this.parts = parts;
    this.frames = frames;
    this.options = options;
  }

  /** The numbers of all objects, in the order they were shown. */
  public List<Integer> objects() {
    return List.copyOf(objects.keySet());
  }

  /** Shows an object by points or a box, in place of earlier points on this frame. */
  public Prediction prompt(int object, int frame, Points points) {
    object(object).clearPoints(frame);
    return addPoints(object, frame, points);
  }

  /**
   * Adds points to those that show an object on a frame.
   *
   * @param points for one object, in pixels of SAM2's square picture
   */
  public Prediction addPoints(int object, int frame, Points points) {
    checkFrame(frame);
    TrackedObject tracked = object(object);
    Points all = tracked.addPoints(frame, points);
    boolean conditioning = conditions(tracked, frame);
    Optional<Direction> direction = tracked.trackedDirection(frame);
    try (TensorScope scope = TensorScope.open()) {
      FrameFeatures features = frames.features(frame);
      Optional<Tensor> earlier = tracked.earlierMask(frame, conditioning);
      Prediction prediction =
          direction.isPresent()
              ? parts
                  .prompted()
                  .correction(frame, features, all, earlier, tracked.bank(), direction.get())
              : parts.prompted().first(features, all, earlier);
      return await(tracked, frame, conditioning, prediction).handUp(scope);
    }
  }

  /**
   * Shows an object by its mask on a frame, in place of earlier points there.
   *
   * @param mask 1 inside and 0 outside, of any size (1, 1, H, W), float32
   */
  public Prediction prompt(int object, int frame, Tensor mask) {
    checkFrame(frame);
    TrackedObject tracked = object(object);
    tracked.clearPoints(frame);
    try (TensorScope scope = TensorScope.open()) {
      Prediction prediction = parts.masks().of(frames.features(frame), mask);
      return await(tracked, frame, conditions(tracked, frame), prediction).handUp(scope);
    }
  }

  /**
   * The first frame that conditions others, where the reference begins in either direction.
   *
   * @throws IllegalStateException if there is no object, or one has no prompt
   */
  public int firstConditioningFrame() {
    settlePrompts();
    return objects.values().stream()
        .mapToInt(object -> object.bank().firstConditioning())
        .min()
        .orElseThrow();
  }

  /**
   * The last frame that conditions others.
   *
   * @throws IllegalStateException if there is no object, or one has no prompt
   */
  public int lastConditioningFrame() {
    settlePrompts();
    return objects.values().stream()
        .mapToInt(object -> object.bank().lastConditioning())
        .max()
        .orElseThrow();
  }

  /**
   * Follows all objects over a run of frames, the first included. Frames with a prompt keep their
   * masks; the others are tracked, again if they were before.
   *
   * @param start where to begin
   * @param count how many frames to track after that; fewer at the video's end
   * @throws IllegalStateException if there is no object, or one has no prompt
   */
  public void propagate(int start, int count, Direction direction, Receiver receiver) {
    checkFrame(start);
    settlePrompts();
    boolean goesOn = true;
    for (int step = 0; step <= count && goesOn; step++) {
      int frame = direction.after(start, step);
      if (frame < 0 || frame >= frames.count()) {
        return;
      }
      try (TensorScope turn = TensorScope.open()) {
        goesOn = receiver.receive(frame, track(frame, direction));
      }
    }
  }

  private List<Prediction> track(int frame, Direction direction) {
    Optional<FrameFeatures> features =
        objects.values().stream().allMatch(object -> object.bank().isConditioning(frame))
            ? Optional.empty()
            : Optional.of(frames.features(frame));
    for (TrackedObject object : objects.values()) {
      if (!object.bank().isConditioning(frame)) {
        Prediction prediction =
            parts.tracker().track(frame, features.orElseThrow(), object.bank(), direction);
        object.settle(frame, new ObjectOutput(filled(prediction)));
      }
      object.markTracked(frame, direction);
    }
    return objects.values().stream()
        .map(object -> object.output(frame).orElseThrow().prediction())
        .toList();
  }

  private TrackedObject object(int number) {
    return objects.computeIfAbsent(
        number,
        key ->
            new TrackedObject(
                parts.conditioned().openBank(MemoryBank.Reading.ANY_ORDER, frames.count())));
  }

  private void checkFrame(int frame) {
    if (frame < 0 || frame >= frames.count()) {
      throw new IllegalArgumentException(
          "frame " + frame + " is not in the video, which has " + frames.count() + " frames");
    }
  }

  private boolean conditions(TrackedObject object, int frame) {
    return object.trackedDirection(frame).isEmpty() || options.correctionsCondition();
  }

  private Prediction await(
      TrackedObject object, int frame, boolean conditioning, Prediction prediction) {
    Prediction result = filled(prediction);
    object.await(frame, conditioning, result);
    return result;
  }

  private Prediction filled(Prediction prediction) {
    if (options.fillHoleArea() == 0) {
      return prediction;
    }
    return new Prediction(
        HoleFilling.fill(prediction.masks(), options.fillHoleArea()),
        prediction.iou(),
        prediction.objectScore(),
        prediction.pointer());
  }

  /** Makes memory of the prompts since the last time. */
  private void settlePrompts() {
    if (objects.isEmpty()) {
      throw new IllegalStateException("no object was shown; add a prompt first");
    }
    for (Map.Entry<Integer, TrackedObject> entry : objects.entrySet()) {
      TrackedObject object = entry.getValue();
      object.dropCorrectionsOfConditioningFrames();
      settle(object, object.waitingCorrections(), object.bank()::addTracked);
      settle(object, object.waitingConditioning(), object.bank()::addConditioning);
      if (!object.bank().hasConditioning()) {
        throw new IllegalStateException("object " + entry.getKey() + " has no prompt");
      }
    }
  }

  private interface Remembering {
    void add(int frame, FrameMemory memory);
  }

  private void settle(
      TrackedObject object, SortedMap<Integer, ObjectOutput> waiting, Remembering remembering) {
    waiting.forEach(
        (frame, output) -> {
          try (TensorScope turn = TensorScope.open()) {
            FrameFeatures features = frames.features(frame);
            remembering.add(
                frame,
                options.remembersSurely()
                    ? parts.memory().writeBinary(features, output.prediction())
                    : parts.memory().write(features, output.prediction()));
          }
          object.settle(frame, output);
        });
    waiting.clear();
  }

  /** Forgets all objects. */
  public void reset() {
    objects.values().forEach(TrackedObject::close);
    objects.clear();
  }

  @Override
  public void close() {
    reset();
  }
}
