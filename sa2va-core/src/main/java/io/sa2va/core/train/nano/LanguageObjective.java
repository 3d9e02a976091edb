package io.sa2va.core.train.nano;

import com.google.common.primitives.Longs;
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
import java.util.Arrays;
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
  private static final double MOTION_WEIGHT = 0.5;

  private final Family family;
  private final ModelParts parts;
  private final int segToken;
  private final int regionEnd;
  private final int phraseEnd;
  private final int imageToken;
  private final NanoHeads heads;
  private final NounReader reader;
  private final Conversations conversations;

  LanguageObjective(TrainableModel model, NanoHeads heads, Conversations conversations) {
    this.family = model.family();
    this.parts = model.parts();
    this.segToken = model.segToken();
    this.regionEnd = SpecialTexts.requiredId(family.tokenizer(), "</vp>");
    this.phraseEnd = SpecialTexts.requiredId(family.tokenizer(), "</p>");
    this.imageToken = SpecialTexts.requiredId(family.tokenizer(), "<IMG_CONTEXT>");
    this.heads = heads;
    this.reader = new NounReader(family.tokenizer());
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
    losses.putAll(nouns(read, item));
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
   * @param nouns where they are
   * @param told what the layer that reads nouns tells of each of them and of each region (N, told)
   * @param acting what it tells that the shapes of each noun and region do (N, actions)
   * @param related what the layer after it tells of each that follows soon after another
   * @param moving what the first layer tells of the cells of the last frame (cells, actions)
   * @param plans hidden states before each noun of an answer (P, D)
   */
  record Read(
      Tensor textLoss,
      Tensor seg,
      NounPlaces nouns,
      Tensor told,
      Tensor acting,
      Tensor related,
      Tensor moving,
      Tensor plans) {}

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
    NounPlaces nouns = NounPlaces.of(reader, text, phraseEnd, segToken);
    LmInput input = family.splice(text.ids(), Optional.of(vision));
    long[] telling = Longs.concat(nouns.ends(), text.places(regionEnd));
    long[] relating = nouns.second().stream().mapToLong(i -> nouns.ends()[i]).toArray();
    long[] lastFrame = MotionObjective.lastFrame(text.places(imageToken));
    try (LayerRows told = new LayerRows(NounObjective.LAYER, telling);
        LayerRows related = new LayerRows(NounObjective.LAYER + 1, relating);
        LayerRows moving = new LayerRows(MotionObjective.LAYER, lastFrame);
        KvCache cache = family.languageModel().newCache(text.length())) {
      Tensor hidden =
          family
              .languageModel()
              .forward(moving.watch(told.watch(related.watch(input))), cache)
              .squeeze(0); // (T, D)
      return new Read(
          textLoss(hidden, text, turns.size()),
          rows(hidden, text.places(segToken)),
          nouns,
          heads.noun(told.rows()),
          heads.act(told.rows()),
          heads.relate(related.rows()),
          heads.move(moving.rows()),
          rows(hidden, nouns.beforeAnswered()));
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

  /**
   * A noun tells what it speaks of, a region's end what the region shows, a cell of a clip what is
   * done there, and what comes before a noun of an answer which shapes it is going to speak of.
   */
  Map<String, Tensor> nouns(Read read, Conversations.Described item) {
    Map<String, Tensor> losses = new LinkedHashMap<>();
    List<NounReader.Found> nouns = read.nouns().nouns();
    if (!nouns.isEmpty()) {
      losses.putAll(
          NounObjective.losses(
              read.told().narrow(0, 0, nouns.size()),
              nouns.stream().map(noun -> described(noun, item)).toList(),
              nouns.stream()
                  .map(noun -> item.shapes().stream().filter(noun::fits).count())
                  .toList()));
    }
    if (!read.nouns().second().isEmpty()) {
      losses.put("relation", relation(read, item));
    }
    item.actions().ifPresent(cells -> losses.putAll(motion(read, cells, item)));
    if (!item.regions().isEmpty()) {
      Tensor told = read.told().narrow(0, nouns.size(), item.regions().size());
      losses.put(
          "region",
          NounObjective.describe(told, item.regions())
              .add(NounObjective.extent(told, item.regions())));
    }
    List<TargetDescriptor> planned =
        read.nouns().answered().stream().map(noun -> planned(noun, item)).toList();
    if (!planned.isEmpty()) {
      losses.put("plan", describe(read.plans(), TargetDescriptor.stack(planned)));
    }
    return losses;
  }

  /** What is done in the cells of a clip's last key frame, and by what its nouns speak of. */
  private static Map<String, Tensor> motion(
      Read read, CellActions cells, Conversations.Described item) {
    Map<String, Tensor> losses = new LinkedHashMap<>();
    if (!cells.isEmpty()) {
      losses.put("motion", cells.loss(read.moving()).mul(MOTION_WEIGHT));
    }
    int[] done = read.nouns().nouns().stream().mapToInt(noun -> action(noun, item)).toArray();
    if (Arrays.stream(done).anyMatch(action -> action != CellActions.NONE)) {
      Tensor told = read.acting().narrow(0, 0, done.length);
      losses.put("action", CellActions.loss(told, done).mul(MOTION_WEIGHT));
    }
    return losses;
  }

  /** What all shapes of a noun do, or none where they do not do the same. */
  private static int action(NounReader.Found noun, Conversations.Described item) {
    int[] numbers =
        item.shapes().stream()
            .filter(noun::fits)
            .mapToInt(shape -> CellActions.number(shape.action()))
            .distinct()
            .toArray();
    return numbers.length == 1 ? numbers[0] : CellActions.NONE;
  }

  /** How wrong it is how much larger a noun's shapes are than the next one's, and where from it. */
  private static Tensor relation(Read read, Conversations.Described item) {
    List<NounReader.Found> nouns = read.nouns().nouns();
    List<float[]> wanted = new ArrayList<>();
    for (int second : read.nouns().second()) {
      float[] own = described(nouns.get(second), item).extent();
      float[] other = described(nouns.get(second - 1), item).extent();
      for (int value = 0; value < own.length; value++) {
        other[value] -= own[value];
      }
      wanted.add(other);
    }
    return NounObjective.extentError(read.related(), wanted);
  }

  /**
   * What an answer is going to speak of: of shapes alike, the one whose mask it is going to give.
   */
  private static TargetDescriptor planned(NounPlaces.Answered one, Conversations.Described item) {
    return one.segment().isPresent()
        ? item.descriptors().get(one.segment().getAsInt())
        : described(one.noun(), item);
  }

  private static TargetDescriptor described(NounReader.Found noun, Conversations.Described item) {
    return TargetDescriptor.together(
        item.shapes().stream()
            .filter(noun::fits)
            .map(shape -> item.each().get(shape.index()))
            .toList());
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
