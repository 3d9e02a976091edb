package io.sa2va.core.sam2;

import io.sa2va.core.sam2.decoder.MaskDecoder;
import io.sa2va.core.sam2.neck.ImageEncoder;
import io.sa2va.core.sam2.neck.Pyramid;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.FrameTracker;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.sam2.track.SamHeads;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;

/**
 * SAM2 with the language prompts of Sa2VA: encodes a picture once, then gives masks of any number
 * of objects on it, and follows them through a video.
 *
 * <p>Reference: {@code SAM2} in Sa2VA's sam2.py. Shapes: N objects, C = {@link #hiddenDim()}, S =
 * {@link #imageSize()}, s = S / 4. Immutable and thread-safe; what a video needs to remember is in
 * a {@link VideoTracker}.
 */
public final class Sam2 {
  private final Sam2Config config;
  private final Weights weights;
  private final ImageEncoder imageEncoder;
  private final PromptEncoder promptEncoder;
  private final MaskDecoder maskDecoder;
  private final FrameTracker tracker;

  /**
   * @param weights the place {@code grounding_encoder.sam2_model} of a Sa2VA checkpoint
   * @throws io.sa2va.torch.weights.WeightException if a weight is missing or has another shape
   */
  public Sam2(Sam2Config config, Weights weights) {
    this.config = config;
    this.weights = weights;
    int width = config.hiddenDim();
    int side = config.featureSide();
    this.imageEncoder =
        new ImageEncoder(
            config.trunk(), config.neck(), weights.at("image_encoder"), width, config.imageSize());
    this.promptEncoder =
        new PromptEncoder(weights.at("sam_prompt_encoder"), width, config.imageSize(), side);
    this.maskDecoder = new MaskDecoder(weights.at("sam_mask_decoder"), width);
    SamHeads heads = new SamHeads(maskDecoder, promptEncoder.densePosition(), weights, width);
    this.tracker =
        new FrameTracker(
            config.memory(), promptEncoder, heads, weights, width, config.imageSize(), side);
    // Position of a dummy memory token; the reference adds no_mem_embed to the features instead.
    weights.ignore("no_mem_pos_enc");
    weights.ignore("mask_downsample.weight");
    weights.ignore("mask_downsample.bias");
  }

  /** Side S of the square picture that {@link #encode} takes. */
  public int imageSize() {
    return config.imageSize();
  }

  /** Width C of a language prompt. */
  public int hiddenDim() {
    return config.hiddenDim();
  }

  /**
   * Encodes a picture or frame.
   *
   * @param picture (1, 3, S, S), normalised, of any floating point type and device
   */
  public FrameFeatures encode(Tensor picture) {
    try (TensorScope scope = TensorScope.open()) {
      Pyramid pyramid = imageEncoder.forward(picture.to(weights.device(), weights.dtype()));
      return new FrameFeatures(pyramid.top(), maskDecoder.highResolution(pyramid)).handUp(scope);
    }
  }

  /**
   * Masks of objects on a picture by itself, one for each language prompt.
   *
   * @param languagePrompts (N, C)
   */
  public Prediction decode(FrameFeatures picture, Tensor languagePrompts) {
    try (TensorScope scope = TensorScope.open()) {
      return tracker
          .still(
              picture, promptEncoder.nothing(languagePrompts.size(0)).withLanguage(languagePrompts))
          .handUp(scope);
    }
  }

  /**
   * Begins to follow objects through a video.
   *
   * @param languagePrompts (N, C), one for each object; copied
   */
  public VideoTracker open(Tensor languagePrompts) {
    return new VideoTracker(tracker, promptEncoder, languagePrompts);
  }

  /**
   * Mask logits at the size of the caller's picture. The reference resizes in two steps, first to
   * SAM2's square, then to the picture, both bilinear; above 0 is inside.
   *
   * @param masks (N, 1, s, s)
   * @return (N, 1, height, width)
   */
  public Tensor atPictureSize(Tensor masks, int height, int width) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor square = Functional.resizeBilinear(masks, config.imageSize(), config.imageSize());
      return scope.handUp(Functional.resizeBilinear(square, height, width));
    }
  }
}
