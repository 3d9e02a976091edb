package io.sa2va.core.train.nano;

import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.VideoTracker;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.scenes.Target;
import io.sa2va.core.train.MaskTargets;
import io.sa2va.torch.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * SAM2's memory: shapes that descriptions stand for on a clip's key frames are followed through the
 * frames after them.
 */
final class ClipObjective implements Objective<ClipObjective.Item> {
  private static final int TRACKED_FRAMES = 5;
  private static final int MOST_STRIDE = 3;
  private static final int MOST_OBJECTS = 3;

  private final Sam2 sam2;
  private final NanoHeads heads;
  private final NanoScenes scenes;
  private final SquareFrames squares;

  /**
   * Frames of a clip and what to follow.
   *
   * @param frames of SAM2's size
   * @param keyFrames how many of them are key frames
   * @param masks for each frame those of N objects
   * @param descriptors of each object on the key frames
   */
  record Item(
      List<RgbPixels> frames,
      int keyFrames,
      List<List<Mask>> masks,
      List<TargetDescriptor> descriptors) {}

  ClipObjective(Sam2 sam2, NanoHeads heads, NanoScenes scenes) {
    this.sam2 = sam2;
    this.squares = new SquareFrames(sam2);
    this.heads = heads;
    this.scenes = scenes;
  }

  @Override
  public Item prepare(long number) {
    RandomGenerator random = new SplittableRandom(number);
    int keyFrames = random.nextInt(1, NanoScenes.KEY_FRAMES + 1);
    int stride = random.nextInt(1, MOST_STRIDE + 1);
    int count = keyFrames + TRACKED_FRAMES * stride;
    SceneClip clip = scenes.clip(number, Math.max(8, count), Math.max(8, 2 * count), random);
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < keyFrames; i++) {
      indices.add(i);
    }
    for (int i = 0; i < TRACKED_FRAMES; i++) {
      indices.add(keyFrames - 1 + (i + 1) * stride);
    }
    List<ShapeFacts> shapes =
        clip.shapes().stream()
            .filter(shape -> !clip.mask(shape.index(), 0).isEmpty())
            .limit(MOST_OBJECTS)
            .toList();
    List<TargetDescriptor> descriptors =
        shapes.stream().map(shape -> describe(clip, shape, keyFrames)).toList();
    return new Item(
        indices.stream().map(i -> squares.square(RgbPixels.of(clip.frame(i)))).toList(),
        keyFrames,
        indices.stream()
            .map(frame -> shapes.stream().map(s -> clip.mask(s.index(), frame)).toList())
            .toList(),
        descriptors);
  }

  private static TargetDescriptor describe(SceneClip clip, ShapeFacts shape, int keyFrames) {
    List<Mask> seen = clip.masks(new Target(List.of(shape.index()))).subList(0, keyFrames);
    return TargetDescriptor.of(seen, List.of(shape), TargetDescriptor.Shift.NONE);
  }

  @Override
  public Map<String, Tensor> losses(Item item) {
    if (item.descriptors().isEmpty()) {
      return Map.of();
    }
    Tensor prompts = heads.teach(TargetDescriptor.stack(item.descriptors())); // (N, C)
    return follow(prompts, item.frames(), item.keyFrames(), item.masks());
  }

  /**
   * Follows N objects through frames.
   *
   * @param prompts (N, C)
   * @param frames of SAM2's size
   * @param keyFrames how many of them are key frames
   * @param masks for each frame those of the objects
   */
  Map<String, Tensor> follow(
      Tensor prompts, List<RgbPixels> frames, int keyFrames, List<List<Mask>> masks) {
    Map<String, Tensor> losses = new LinkedHashMap<>();
    try (VideoTracker tracker = sam2.open(prompts)) {
      for (int i = 0; i < frames.size(); i++) {
        FrameFeatures frame = squares.encode(frames.get(i));
        Prediction prediction =
            i < keyFrames ? tracker.addKeyFrame(i, frame) : tracker.track(i, frame);
        compare(prediction, masks.get(i), frames.size())
            .forEach((name, loss) -> losses.merge(name, loss, Tensor::add));
      }
    }
    return losses;
  }

  private static Map<String, Tensor> compare(Prediction prediction, List<Mask> masks, int frames) {
    long side = prediction.masks().size(2) * MaskComparison.SIDE_FACTOR;
    Map<String, Tensor> losses = new LinkedHashMap<>();
    MaskComparison.losses(
            prediction.masks(),
            prediction.iou().unsqueeze(1),
            prediction.objectScore().unsqueeze(1),
            MaskTargets.covered(masks, side, side))
        .forEach((name, loss) -> losses.put(name, loss.div((double) frames)));
    return losses;
  }
}
