package io.sa2va.core.engine;

import io.sa2va.Cancellation;
import io.sa2va.Mask;
import io.sa2va.ObjectPrompt;
import io.sa2va.Segment;
import io.sa2va.TrackPrompt;
import io.sa2va.Tracker;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.predict.PredictorOptions;
import io.sa2va.core.sam2.predict.VideoPredictor;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows prompted objects through one video. For one thread at a time. */
final class EngineTracker implements Tracker {
  /** SAM2's settings for interactive use, but that corrections stay when tracking begins anew. */
  private static final PredictorOptions OPTIONS = new PredictorOptions(8, true, true);

  private final ModelHold hold;
  private final LoadedModel model;
  private final PromptedObjects objects;
  private final FrameCache frames;
  private final VideoPredictor predictor;
  private final FoundMasks found;
  private final SortedSet<Integer> promptedFrames = new TreeSet<>();
  private boolean open = true;

  EngineTracker(ModelHold hold, LoadedModel model, Subject.Clip clip) {
    this.hold = hold;
    this.model = model;
    Sam2 sam2 = model.sam2();
    int width = clip.video().width();
    int height = clip.video().height();
    this.objects = new PromptedObjects(width, height, sam2.imageSize());
    this.frames = new FrameCache(clip, new SamPictures(sam2));
    this.predictor = sam2.openPredictor(frames, OPTIONS);
    this.found = new FoundMasks(width, height, frames.count());
  }

  @Override
  public Mask prompt(TrackPrompt prompt) {
    requireOpen();
    if (prompt.frame() >= frames.count()) {
      throw new InvalidRequestException(
          "frame %d is not in the video, which has frames 0 to %d"
              .formatted(prompt.frame(), frames.count() - 1));
    }
    return hold.goOn(
        model,
        () -> {
          try (Inference inference = Inference.begin();
              TensorScope scope = TensorScope.open()) {
            Prediction prediction = predict(prompt);
            promptedFrames.add(prompt.frame());
            return found.add(prompt.frame(), prompt.object(), prediction, objects);
          }
        });
  }

  private Prediction predict(TrackPrompt shown) {
    ObjectPrompt prompt = shown.prompt();
    @Nullable Mask mask = prompt.mask();
    if (mask != null) {
      return predictor.prompt(shown.object(), shown.frame(), objects.mask(mask));
    }
    return prompt.box() != null
        ? predictor.prompt(shown.object(), shown.frame(), objects.points(prompt))
        : predictor.addPoints(shown.object(), shown.frame(), objects.points(prompt));
  }

  @Override
  public void track(Direction direction, Cancellation cancellation) {
    requireOpen();
    if (promptedFrames.isEmpty()) {
      throw new InvalidRequestException("no object was shown: prompt the tracker first");
    }
    hold.goOn(
        model,
        () -> {
          try (Inference inference = Inference.begin()) {
            if (direction != Direction.BACKWARD) {
              follow(
                  promptedFrames.first(), io.sa2va.core.sam2.track.Direction.FORWARD, cancellation);
            }
            if (direction != Direction.FORWARD) {
              follow(
                  promptedFrames.last(), io.sa2va.core.sam2.track.Direction.BACKWARD, cancellation);
            }
            return null;
          }
        });
  }

  private void follow(
      int start, io.sa2va.core.sam2.track.Direction direction, Cancellation cancellation) {
    try {
      predictor.propagate(
          start,
          frames.count(),
          direction,
          (frame, predictions) -> {
            boolean goesOn = !cancellation.isCancelled();
            if (goesOn) {
              frames.begin(direction.after(frame, 1)); // While a GPU still computes this one.
            }
            List<Integer> numbers = predictor.objects();
            for (int i = 0; i < numbers.size(); i++) {
              found.add(frame, numbers.get(i), predictions.get(i), objects);
            }
            return goesOn;
          });
    } finally {
      frames.drop();
    }
  }

  @Override
  public List<Segment> segments() {
    return found.segments();
  }

  @Override
  public void reset() {
    requireOpen();
    predictor.reset();
    promptedFrames.clear();
    found.clear();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the tracker was closed");
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      predictor.close();
      frames.close();
    }
  }
}
