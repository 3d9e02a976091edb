package io.sa2va.core.train.nano;

import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.TrainableModel;
import io.sa2va.core.train.TrainingText;
import io.sa2va.core.train.Turn;
import io.sa2va.torch.Autograd;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Language on top of sight: answers, and at each {@code [SEG]} what it stands for, told as a
 * description and as the prompt that a description gives SAM2. Shapes: T tokens, K objects, D and C
 * widths of the language model and SAM2.
 */
final class LanguageObjective implements Objective<Conversations.Described> {
  /** Of an answer's tokens few say anything; so many a turn share the loss. */
  private static final double TELLING_TOKENS = 4;

  private static final double DESCRIPTION_WEIGHT = 8;
  private static final double PROMPT_WEIGHT = 1;

  private final Family family;
  private final ModelParts parts;
  private final int segToken;
  private final int regionEnd;
  private final NanoHeads heads;
  private final Conversations conversations;

  LanguageObjective(TrainableModel model, NanoHeads heads, Conversations conversations) {
    this.family = model.family();
    this.parts = model.parts();
    this.segToken = model.segToken();
    this.regionEnd = SpecialTexts.requiredId(family.tokenizer(), "</vp>");
    this.heads = heads;
    this.conversations = conversations;
  }

  @Override
  public Conversations.Described prepare(long number) {
    return conversations.make(number);
  }

  @Override
  public Map<String, Tensor> losses(Conversations.Described item) {
    Read read = read(item.sample());
    Map<String, Tensor> losses = new LinkedHashMap<>();
    losses.put("text", read.textLoss());
    losses.putAll(regions(read, item));
    if (!item.descriptors().isEmpty()) {
      Tensor wanted = TargetDescriptor.stack(item.descriptors()); // (K, L)
      losses.put("describe", describe(read.seg(), wanted));
      losses.put("prompt", prompt(prompts(read), wanted));
    }
    return losses;
  }

  /**
   * A conversation, read.
   *
   * @param textLoss how well the answers were foreseen
   * @param seg hidden states at each {@code [SEG]} (K, D)
   * @param regions of the layer that reads nouns, at the end of each region (R, D)
   */
  record Read(Tensor textLoss, Tensor seg, Tensor regions) {}

  /** Reads a conversation. */
  Read read(Sample sample) {
    VisionPrompt vision =
        sample.frames().size() == 1
            ? family.encodePicture(sample.frames().get(0), sample.regions())
            : family.encodeKeyFrames(sample.frames());
    List<Turn> turns = new ArrayList<>(sample.turns());
    turns.set(
        0, new Turn(family.place(turns.get(0).question(), vision.text()), turns.get(0).answer()));
    TrainingText text = TrainingText.of(family.template(), family.tokenizer(), turns);
    LmInput input = family.splice(text.ids(), Optional.of(vision));
    try (LayerRows regions = new LayerRows(NounObjective.LAYER, text.places(regionEnd));
        KvCache cache = family.languageModel().newCache(text.length())) {
      Tensor hidden =
          family.languageModel().forward(regions.watch(input), cache).squeeze(0); // (T, D)
      return new Read(
          textLoss(hidden, text, turns.size()),
          rows(hidden, text.places(segToken)),
          regions.rows());
    }
  }

  private Tensor textLoss(Tensor hidden, TrainingText text, int turns) {
    long[] targets = text.targets();
    Tensor logits = family.languageModel().logits(rows(hidden, text.predicting())); // (n, V)
    return Functional.crossEntropy(logits, Tensors.of(targets, targets.length))
        .div(TELLING_TOKENS * turns);
  }

  private static Tensor rows(Tensor x, long[] rows) {
    return x.indexSelect(0, Tensors.of(rows, rows.length));
  }

  /** A region's end tells what the region shows, as a noun does. */
  Map<String, Tensor> regions(Read read, Conversations.Described item) {
    return item.regions().isEmpty()
        ? Map.of()
        : Map.of("region", NounObjective.describe(heads.noun(read.regions()), item.regions()));
  }

  /** What SAM2 is told: (K, C). */
  Tensor prompts(Read read) {
    return parts.projector().forward(read.seg());
  }

  /** Cross entropy of each value; the few that are not 0 count as much as the rest. */
  Tensor describe(Tensor seg, Tensor wanted) {
    return MaskComparison.crossEntropy(heads.describe(seg), wanted).mul(DESCRIPTION_WEIGHT);
  }

  /** How far prompts (K, C) are from those of the descriptions. */
  Tensor prompt(Tensor prompts, Tensor wanted) {
    Tensor error = prompts.sub(Autograd.detach(heads.teach(wanted)));
    return error.mul(error).mean(false, 0, 1).mul(PROMPT_WEIGHT);
  }
}
