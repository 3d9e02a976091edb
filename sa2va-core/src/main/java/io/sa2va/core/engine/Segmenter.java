package io.sa2va.core.engine;

import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.Segment;
import io.sa2va.core.finish.MaskTracks;
import io.sa2va.core.finish.Phrases;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.VideoTracker;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Gives masks of what was prompted, on a picture or through a video. Frames are encoded once,
 * whatever the number of objects; the features of the picture and of key frames stay for follow-up
 * turns. For one dialogue; not thread-safe.
 */
final class Segmenter implements AutoCloseable {
  private final Sam2 sam2;
  private final SamPictures pictures;
  private final Map<Integer, KeptFeatures> remembered = new HashMap<>();

  Segmenter(Sam2 sam2) {
    this.sam2 = sam2;
    this.pictures = new SamPictures(sam2);
  }

  /**
   * Masks of N objects on a picture.
   *
   * @param prompts (N, d)
   * @param rawText the reply, for the objects' phrases
   */
  List<Segment> segment(
      Subject.Picture picture, Tensor prompts, String rawText, ChatRequest request) {
    MaskTracks tracks =
        new MaskTracks(
            sam2, picture.image().width(), picture.image().height(), request.keepLogits());
    try (TensorScope scope = TensorScope.open()) {
      FrameFeatures features = remember(0, picture::pixels);
      tracks.add(0, sam2.decode(features, prompts));
    }
    return tracks.segments(Phrases.of(rawText));
  }

  /**
   * Masks of N objects on every frame of a video, or on those before it was cancelled.
   *
   * @param prompts (N, d)
   * @param rawText the reply, for the objects' phrases
   * @param keyFrames frames that are segmented by the prompts; the others follow from them
   */
  List<Segment> segment(
      Subject.Clip clip,
      Tensor prompts,
      String rawText,
      List<Integer> keyFrames,
      ChatRequest request) {
    MaskTracks tracks =
        new MaskTracks(sam2, clip.video().width(), clip.video().height(), request.keepLogits());
    try (VideoTracker tracker = open(clip, prompts)) {
      for (int frame : keyFrames) {
        if (request.cancellation().isCancelled()) {
          break;
        }
        try (TensorScope turn = TensorScope.open()) {
          FrameFeatures features = remember(frame, () -> clip.frame(frame));
          tracks.add(frame, tracker.addKeyFrame(frame, features));
        }
      }
      propagate(clip, keyFrames, tracker, tracks, request.cancellation());
    }
    return tracks.segments(Phrases.of(rawText));
  }

  private void propagate(
      Subject.Clip clip,
      List<Integer> keyFrames,
      VideoTracker tracker,
      MaskTracks tracks,
      Cancellation cancellation) {
    List<Integer> others =
        IntStream.range(0, clip.video().frameCount())
            .boxed()
            .filter(Predicate.not(new HashSet<>(keyFrames)::contains))
            .toList();
    try (FramesAhead frames = new FramesAhead(clip::frame, pictures::prepareForLanguage)) {
      boolean goesOn = !cancellation.isCancelled();
      for (int i = 0; i < others.size() && goesOn; i++) {
        int frame = others.get(i);
        try (TensorScope turn = TensorScope.open()) {
          FrameFeatures features = pictures.encode(frames.take(frame));
          Prediction prediction = tracker.track(frame, features);
          goesOn = !cancellation.isCancelled();
          if (goesOn && i + 1 < others.size()) {
            frames.begin(others.get(i + 1)); // While a GPU still computes this one.
          }
          tracks.add(frame, prediction);
        }
      }
    }
  }

  private VideoTracker open(Subject.Clip clip, Tensor prompts) {
    return sam2.hasLanguageDecoder()
        ? sam2.openMaskPrompted(prompts, clip.video().height(), clip.video().width())
        : sam2.open(prompts);
  }

  private FrameFeatures remember(int frame, Supplier<RgbPixels> pixels) {
    return remembered
        .computeIfAbsent(frame, key -> KeptFeatures.of(pictures.encodeForLanguage(pixels.get())))
        .features();
  }

  @Override
  public void close() {
    remembered.values().forEach(KeptFeatures::close);
    remembered.clear();
  }
}
