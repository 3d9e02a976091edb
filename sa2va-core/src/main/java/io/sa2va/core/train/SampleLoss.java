package io.sa2va.core.train;

import com.google.common.primitives.Longs;
import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.PromptTooLongException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The losses of one conversation: the language model reads it, answers and all, and predicts each
 * token of the answers; SAM2 decodes a mask from the hidden state at each {@code [SEG]}.
 *
 * <p>Reference: {@code forward} in projects/sa2va/models/sa2va.py. Shapes: T tokens, K objects, D
 * and d widths of the language model and SAM2.
 */
final class SampleLoss {
  /** What the reference cuts longer conversations at; here they are refused. */
  private static final int MAX_TOKENS = 8192;

  private final Family family;
  private final ModelParts model;
  private final int segToken;
  private final MaskLoss maskLoss;
  private final Normalizer normalizer = Normalizer.sam2();

  SampleLoss(TrainableModel model, MaskLoss maskLoss) {
    this.model = model.parts();
    this.family = model.family();
    this.segToken = model.segToken();
    this.maskLoss = maskLoss;
  }

  /**
   * Computes a sample's part of a batch's loss.
   *
   * @param layers what is kept of the language model's layers
   * @param seed of everything random
   * @throws InvalidRequestException if the answers have not one {@code [SEG]} for each object
   * @throws PromptTooLongException if the conversation is too long
   */
  LossTerms forward(Sample sample, BatchSize batch, LayerMemory layers, long seed) {
    Tensors.manualSeed(seed);
    Optional<VisionPrompt> vision = look(sample);
    TrainingText text = write(sample, vision);
    LayerMemory.Way way =
        layers.read(family.languageModel(), family.splice(text.ids(), vision), seed);
    try {
      Tensor hidden = way.hidden().squeeze(0); // (T, D)
      return new LossTerms(
          textLoss(hidden, text, batch), maskLoss(sample, text, hidden, batch, seed), way);
    } catch (RuntimeException e) {
      way.close();
      throw e;
    }
  }

  private Optional<VisionPrompt> look(Sample sample) {
    List<RgbPixels> frames = sample.frames();
    return switch (frames.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(family.encodePicture(frames.get(0), sample.regions()));
      default -> Optional.of(family.encodeKeyFrames(frames));
    };
  }

  private TrainingText write(Sample sample, Optional<VisionPrompt> vision) {
    List<Turn> turns = new ArrayList<>(sample.turns());
    vision.ifPresent(picture -> turns.set(0, place(picture, turns.get(0))));
    TrainingText text = TrainingText.of(family.template(), family.tokenizer(), turns);
    requireFits(text);
    requireMasks(text, sample);
    return text;
  }

  private Turn place(VisionPrompt picture, Turn turn) {
    return new Turn(family.place(turn.question(), picture.text()), turn.answer());
  }

  private void requireFits(TrainingText text) {
    int limit = Math.min(MAX_TOKENS, family.languageModel().contextLength());
    if (text.length() > limit) {
      throw new PromptTooLongException(
          "a sample has %d tokens, pictures included, but at most %d are learned from; leave it out"
              .formatted(text.length(), limit));
    }
  }

  private void requireMasks(TrainingText text, Sample sample) {
    int marks = text.places(segToken).length;
    if (!sample.objects().isEmpty() && marks != sample.objects().size()) {
      throw new InvalidRequestException(
          "a sample has masks of %d objects, but %d [SEG] in its conversation"
              .formatted(sample.objects().size(), marks));
    }
  }

  private Tensor textLoss(Tensor hidden, TrainingText text, BatchSize batch) {
    long[] targets = text.targets();
    Tensor logits = family.languageModel().logits(rows(hidden, text.predicting())); // (n, V)
    Tensor classes = Tensors.of(targets, targets.length).to(hidden.device());
    return Functional.crossEntropy(logits.to(DType.FLOAT32), classes).div((double) batch.tokens());
  }

  private static Tensor rows(Tensor x, List<Long> indices) {
    return rows(x, Longs.toArray(indices));
  }

  private static Tensor rows(Tensor x, long[] indices) {
    return x.indexSelect(0, Tensors.of(indices, indices.length).to(x.device()));
  }

  private Optional<MaskLoss.Terms> maskLoss(
      Sample sample, TrainingText text, Tensor hidden, BatchSize batch, long seed) {
    if (sample.objects().isEmpty()) {
      return Optional.empty();
    }
    Tensor prompts = model.projector().forward(rows(hidden, text.places(segToken))); // (K, d)
    return Optional.of(frames(sample, prompts, batch, new Random(seed)));
  }

  /** Each frame by itself, without SAM2's memory. */
  private MaskLoss.Terms frames(Sample sample, Tensor prompts, BatchSize batch, Random random) {
    List<MaskLoss.Terms> frames = new ArrayList<>();
    for (int frame = 0; frame < sample.frames().size(); frame++) {
      ObjectChoice choice = ObjectChoice.of(sample.objects().size(), random);
      Tensor masks = decode(sample.frames().get(frame), prompts, choice); // (5, s, s)
      Tensor all = MaskTargets.of(sample.masksOn(frame), masks.size(1), masks.size(2)); // (K, s, s)
      Tensor targets = rows(rows(all, choice.objects()), choice.places()); // (5, s, s)
      frames.add(maskLoss.of(masks, targets.to(masks.device()), batch.masks()));
    }
    return frames.stream().reduce(SampleLoss::sum).orElseThrow();
  }

  /** Mask logits (5, s, s). */
  private Tensor decode(RgbPixels frame, Tensor prompts, ObjectChoice choice) {
    Sam2 sam2 = model.sam2();
    int side = sam2.imageSize();
    float[] square = normalizer.normalize(PillowResize.bicubic(frame, side, side));
    FrameFeatures features = sam2.encode(Tensors.of(square, 1, 3, side, side));
    Tensor masks = sam2.decode(features, rows(prompts, choice.objects())).masks(); // (K', 1, s, s)
    return rows(masks.squeeze(1), choice.places());
  }

  private static MaskLoss.Terms sum(MaskLoss.Terms a, MaskLoss.Terms b) {
    return new MaskLoss.Terms(a.crossEntropy().add(b.crossEntropy()), a.dice().add(b.dice()));
  }
}
