package io.sa2va.core.engine;

import io.sa2va.Mask;
import io.sa2va.ObjectPrompt;
import io.sa2va.Segment;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.predict.PictureMasks;
import io.sa2va.core.sam2.predict.PicturePredictor;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments what points, boxes and masks show on a picture, without any language. */
final class PromptSegmenter {
  /** How sure a mask prompt is, as a logit: SAM2's own value. */
  private static final double SURE = 10;

  private final Sam2 sam2;
  private final PicturePredictor predictor;
  private final SamPictures pictures;

  PromptSegmenter(Sam2 sam2) {
    this.sam2 = sam2;
    this.predictor = sam2.picturePredictor();
    this.pictures = new SamPictures(sam2);
  }

  /** The mask of each prompt: the one it brings, or that of what it shows. */
  List<Mask> masks(RgbPixels picture, List<ObjectPrompt> prompts) {
    List<ObjectPrompt> shown = prompts.stream().filter(prompt -> prompt.mask() == null).toList();
    Iterator<Segment> found = segment(picture, shown).iterator();
    List<Mask> masks = new ArrayList<>();
    for (ObjectPrompt prompt : prompts) {
      @Nullable Mask mask = prompt.mask();
      masks.add(mask != null ? mask : requireSome(found.next().mask()));
    }
    return masks;
  }

  private static Mask requireSome(Mask region) {
    if (region.isEmpty()) {
      throw new InvalidRequestException(
          "SAM2 finds nothing where a region was shown; show it by a mask or with more points");
    }
    return region;
  }

  /** One segment for each prompt, in their order. The picture is encoded once. */
  List<Segment> segment(RgbPixels picture, List<ObjectPrompt> prompts) {
    if (prompts.isEmpty()) {
      return List.of();
    }
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      PromptedObjects objects =
          new PromptedObjects(picture.width(), picture.height(), sam2.imageSize());
      FrameFeatures features = pictures.encodeForPrompts(picture);
      List<Segment> segments = new ArrayList<>();
      for (ObjectPrompt prompt : prompts) {
        try (TensorScope turn = TensorScope.open()) {
          PictureMasks masks = predict(features, prompt, objects);
          segments.add(segment(segments.size(), masks, objects));
        }
      }
      return segments;
    }
  }

  private PictureMasks predict(
      FrameFeatures features, ObjectPrompt prompt, PromptedObjects objects) {
    @Nullable Mask mask = prompt.mask();
    if (mask != null) {
      long side = sam2.imageSize() / 4;
      Tensor inside = Functional.resizeBilinearAntialias(objects.mask(mask), side, side);
      Tensor logits = inside.sub(inside.neg().add(1)).mul(SURE); // (1, 1, s, s)
      return predictor.single(features, predictor.prompts().maskWithoutTokens(logits));
    }
    boolean ambiguous = prompt.box() == null && prompt.points().size() == 1;
    return ambiguous
        ? predictor.candidates(features, predictor.prompts().points(objects.points(prompt)))
        : predictor.single(features, predictor.prompts().points(objects.points(prompt)));
  }

  /** The best of the masks by their predicted quality. */
  private static Segment segment(int index, PictureMasks masks, PromptedObjects objects) {
    float[] quality = masks.iou().toFloatArray();
    int best = 0;
    for (int i = 1; i < quality.length; i++) {
      best = quality[i] > quality[best] ? i : best;
    }
    return Segment.builder()
        .index(index)
        .score(quality[best])
        .objectScore(masks.objectScore().toFloatArray()[0])
        .masks(List.of(objects.cutOut(masks.masks().narrow(1, best, 1))))
        .build();
  }
}
