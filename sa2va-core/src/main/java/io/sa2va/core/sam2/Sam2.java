package io.sa2va.core.sam2;

import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.core.sam2.decoder.HighResolution;
import io.sa2va.core.sam2.decoder.MaskDecoder;
import io.sa2va.core.sam2.memory.MemoryEncoder;
import io.sa2va.core.sam2.neck.ImageEncoder;
import io.sa2va.core.sam2.neck.Pyramid;
import io.sa2va.core.sam2.predict.PicturePredictor;
import io.sa2va.core.sam2.predict.PredictorOptions;
import io.sa2va.core.sam2.predict.VideoPredictor;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.core.sam2.track.Absence;
import io.sa2va.core.sam2.track.ConditionedFeatures;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.FrameTracker;
import io.sa2va.core.sam2.track.MaskPrompt;
import io.sa2va.core.sam2.track.MemoryBank;
import io.sa2va.core.sam2.track.MemoryWriter;
import io.sa2va.core.sam2.track.ObjectPointer;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.sam2.track.PromptedFrame;
import io.sa2va.core.sam2.track.SamHeads;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;

/**
 * SAM2 with the language prompts of Sa2VA: encodes a picture once, then gives masks of any number
 * of objects on it, and follows them through a video.
 *
 * <p>A Sa2VA-i model has two mask decoders: one fine-tuned for language prompts, and SAM2's own,
 * which tracks. Other Sa2VA models do both with one.
 *
 * <p>Reference: {@code SAM2} in the sam2.py of Sa2VA and Sa2VA-i. Shapes: N objects, C = {@link
 * #hiddenDim()}, S = {@link #imageSize()}, s = S / 4. Immutable and thread-safe; what a video needs
 * to remember is in a {@link VideoTracker}.
 */
public final class Sam2 {
  private static final String OWN_DECODER = "sam_mask_decoder";
  private static final String LANGUAGE_DECODER = "sam_mask_decoder_modified";

  private final Sam2Config config;
  private final Weights weights;
  private final ImageEncoder imageEncoder;
  private final PromptEncoder promptEncoder;
  private final MaskDecoder ownDecoder;
  private final MaskDecoder languageDecoder;
  private final ConditionedFeatures conditioned;
  private final MemoryWriter memoryWriter;
  private final SamHeads languageHeads;
  private final SamHeads ownHeads;
  private final MaskPrompt maskPrompt;

  /**
   * A SAM2 whose weights are all in one place: that of Sa2VA, of Sa2VA-i, or SAM2 itself.
   *
   * @param weights the place {@code grounding_encoder.sam2_model} of a Sa2VA checkpoint, or the
   *     root of one of SAM2
   * @throws io.sa2va.torch.weights.WeightException if a weight is missing or has another shape
   */
  public Sam2(Sam2Config config, Weights weights) {
    this.config = config;
    this.weights = weights;
    int width = config.hiddenDim();
    int side = config.featureSide();
    int imageSize = config.imageSize();
    this.imageEncoder =
        new ImageEncoder(
            config.trunk(), config.neck(), weights.at("image_encoder"), width, imageSize);
    this.promptEncoder =
        new PromptEncoder(weights.at("sam_prompt_encoder"), width, imageSize, side);
    this.ownDecoder = new MaskDecoder(weights.at(OWN_DECODER), width);
    this.languageDecoder =
        weights.has(LANGUAGE_DECODER + ".iou_token.weight")
            ? new MaskDecoder(weights.at(LANGUAGE_DECODER), width)
            : ownDecoder;
    this.conditioned = new ConditionedFeatures(config.memory(), weights, width, side);
    MemoryEncoder memoryEncoder =
        new MemoryEncoder(config.memory(), weights.at("memory_encoder"), width);
    this.memoryWriter =
        new MemoryWriter(memoryEncoder, weights, config.memory().width(), imageSize);
    ObjectPointer pointer = new ObjectPointer(weights, width);
    this.languageHeads = heads(languageDecoder, pointer, Absence.KEEPS_MASK);
    this.ownHeads = heads(ownDecoder, pointer, Absence.CLEARS_MASK);
    this.maskPrompt = new MaskPrompt(promptEncoder, ownHeads, pointer, weights, imageSize);
    // Position of a dummy memory token; the reference adds no_mem_embed to the features instead.
    weights.ignore("no_mem_pos_enc");
  }

  private SamHeads heads(MaskDecoder decoder, ObjectPointer pointer, Absence absence) {
    return new SamHeads(decoder, promptEncoder.densePosition(), pointer, absence);
  }

  /** Where it computes. */
  public Device device() {
    return weights.device();
  }

  /** Side S of the square picture that {@link #encode} takes. */
  public int imageSize() {
    return config.imageSize();
  }

  /** Width C of a language prompt. */
  public int hiddenDim() {
    return config.hiddenDim();
  }

  /** Whether this is a Sa2VA-i model: language prompts have a mask decoder of their own. */
  public boolean hasLanguageDecoder() {
    return languageDecoder != ownDecoder;
  }

  /**
   * Encodes a picture or frame.
   *
   * @param picture (1, 3, S, S), normalised, of any floating point type and device
   */
  public FrameFeatures encode(Tensor picture) {
    try (TensorScope scope = TensorScope.open()) {
      Pyramid pyramid = imageEncoder.forward(picture.to(weights.device(), weights.dtype()));
      HighResolution details = ownDecoder.highResolution(pyramid);
      HighResolution languageDetails =
          hasLanguageDecoder() ? languageDecoder.highResolution(pyramid) : details;
      return new FrameFeatures(pyramid.top(), details, languageDetails).handUp(scope);
    }
  }

  /**
   * Masks of objects on a picture by itself, one for each language prompt.
   *
   * @param languagePrompts (N, C)
   */
  public Prediction decode(FrameFeatures picture, Tensor languagePrompts) {
    try (TensorScope scope = TensorScope.open()) {
      long objects = languagePrompts.size(0);
      return languageHeads
          .best(
              conditioned.withoutMemory(picture),
              picture.languageDetails(),
              promptEncoder.nothing(objects).withLanguage(languagePrompts))
          .handUp(scope);
    }
  }

  /** Points, boxes, masks and language to what {@link #decodeAll} takes. */
  public PromptEncoder prompts() {
    return promptEncoder;
  }

  /**
   * All four masks for each prompt on a picture by itself, as training needs them.
   *
   * @param picture as {@link #encode} gives it
   */
  public Decoded decodeAll(FrameFeatures picture, PromptTokens prompts) {
    return languageDecoder.all(
        conditioned.withoutMemory(picture),
        promptEncoder.densePosition(),
        picture.languageDetails(),
        prompts);
  }

  /**
   * Begins to follow objects through a video as Sa2VA does: the masks of language prompts on key
   * frames are remembered as they are, and the same decoder tracks.
   *
   * @param languagePrompts (N, C), one for each object; copied
   */
  public VideoTracker open(Tensor languagePrompts) {
    return tracker(languagePrompts, languageHeads, this::decode);
  }

  /**
   * Begins to follow objects through a video as Sa2VA-i does: the masks of language prompts on key
   * frames are cut out at the video's size and given to SAM2 as mask prompts, and SAM2's own
   * decoder tracks.
   *
   * @param languagePrompts (N, C), one for each object; copied
   * @param height of the video's frames in pixels
   * @param width of the video's frames in pixels
   */
  public VideoTracker openMaskPrompted(Tensor languagePrompts, int height, int width) {
    return tracker(
        languagePrompts,
        ownHeads,
        (frame, prompts) -> {
          Tensor logits = decode(frame, prompts).masks();
          Tensor masks = Functional.resizeBilinear(logits, height, width).gt(0);
          return maskPrompt.of(frame, masks.to(DType.FLOAT32));
        });
  }

  private VideoTracker tracker(
      Tensor languagePrompts, SamHeads heads, VideoTracker.KeyFrameSegmenter keyFrames) {
    return new VideoTracker(
        languagePrompts,
        keyFrames,
        memoryWriter,
        new FrameTracker(conditioned, promptEncoder, heads, memoryWriter),
        conditioned.openBank(MemoryBank.Reading.FORWARD, Integer.MAX_VALUE));
  }

  /** Segments pictures without language. */
  public PicturePredictor picturePredictor() {
    return new PicturePredictor(promptEncoder, ownDecoder, conditioned);
  }

  /**
   * Begins to follow objects through a video without language.
   *
   * @param frames encodes the video's frames, as {@link #encode} does
   */
  public VideoPredictor openPredictor(VideoPredictor.Frames frames, PredictorOptions options) {
    VideoPredictor.Parts parts =
        new VideoPredictor.Parts(
            conditioned,
            new PromptedFrame(conditioned, promptEncoder, ownHeads),
            maskPrompt,
            new FrameTracker(conditioned, promptEncoder, ownHeads, memoryWriter),
            memoryWriter);
    return new VideoPredictor(parts, frames, options);
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
