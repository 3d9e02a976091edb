package io.sa2va.core.train.nano;

import com.google.common.primitives.Floats;
import io.sa2va.Mask;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Reading nouns: after the first layers of the language model the last word of each noun phrase
 * tells what it speaks of in the picture, and how many there are. What is asked, answered or
 * segmented later begins with that. Shapes: T tokens, N phrases, D width, L length of a
 * description.
 */
final class NounObjective implements Objective<NounObjective.Item> {
  /** The layer after which a noun has found what it speaks of; the rest reasons about it. */
  static final int LAYER = 3;

  /** How many are told apart. */
  static final int COUNTS = 8;

  /** Values that a noun tells. */
  static final int TOLD = TargetDescriptor.LENGTH + COUNTS + TargetDescriptor.EXTENT;

  private static final int PHRASES = 28;
  private static final int FRAMES = 8;
  private static final double DESCRIPTION_WEIGHT = 8;
  private static final double COUNT_WEIGHT = 0.2;
  private static final double EXTENT_WEIGHT = 5;
  private static final double ONE_TILE = 0.7;
  private static final double FEW_TILES = 0.8;
  private static final double PICTURE = 0.9;

  private final Family family;
  private final NanoHeads heads;
  private final NanoScenes scenes;

  /** A picture or key frames, and what is said of them. */
  record Item(
      List<RgbPixels> frames,
      List<NounPhrase> phrases,
      List<TargetDescriptor> descriptors,
      List<Long> counts) {}

  NounObjective(Family family, NanoHeads heads, NanoScenes scenes) {
    this.family = family;
    this.heads = heads;
    this.scenes = scenes;
  }

  @Override
  public Item prepare(long number) {
    RandomGenerator random = new SplittableRandom(number);
    double medium = random.nextDouble();
    if (medium >= PICTURE) {
      SceneClip clip = scenes.clip(number, FRAMES, FRAMES, random);
      return item(
          NanoScenes.keyFrames(clip),
          clip.shapes(),
          shape ->
              IntStream.range(0, NanoScenes.KEY_FRAMES).mapToObj(f -> clip.mask(shape, f)).toList(),
          random);
    }
    Scene scene =
        medium < ONE_TILE
            ? scenes.oneTile(number, random)
            : medium < FEW_TILES ? scenes.fewTiles(number, random) : scenes.anySize(number, random);
    return item(
        List.of(RgbPixels.of(scene.image())),
        scene.shapes(),
        shape -> List.of(scene.mask(shape)),
        random);
  }

  private static Item item(
      List<RgbPixels> frames,
      List<ShapeFacts> shapes,
      IntFunction<List<Mask>> masks,
      RandomGenerator random) {
    List<NounPhrase> phrases = NounPhrase.draw(shapes, PHRASES, random);
    List<TargetDescriptor> descriptors = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (NounPhrase phrase : phrases) {
      List<ShapeFacts> fitting = shapes.stream().filter(phrase::fits).toList();
      counts.add((long) fitting.size());
      descriptors.add(TargetDescriptor.ofAll(fitting, masks));
    }
    return new Item(frames, phrases, descriptors, counts);
  }

  @Override
  public Map<String, Tensor> losses(Item item) {
    VisionPrompt vision =
        item.frames().size() == 1
            ? family.encodePicture(item.frames().get(0), List.of())
            : family.encodeKeyFrames(item.frames());
    List<Integer> ids = new ArrayList<>();
    String start = family.template().start() + family.template().beforeUser();
    add(ids, family.tokenizer().encode(start + family.place("<image>\n", vision.text())));
    long[] ends = new long[item.phrases().size()];
    for (int i = 0; i < ends.length; i++) {
      add(ids, family.tokenizer().encodeContinuation(item.phrases().get(i).text()));
      ends[i] = ids.size() - 1L;
      add(ids, family.tokenizer().encodeContinuation(","));
    }
    LmInput input = family.splice(ids.stream().mapToInt(id -> id).toArray(), Optional.of(vision));
    try (LayerRows nouns = new LayerRows(LAYER, ends);
        KvCache cache = family.languageModel().newCache(ids.size())) {
      family.languageModel().forward(nouns.watch(input), cache);
      return losses(heads.noun(nouns.rows()), item.descriptors(), item.counts());
    }
  }

  /**
   * How wrong it is what nouns tell.
   *
   * @param told what they speak of, how many those are, how large together and where (N, {@link
   *     #TOLD})
   */
  static Map<String, Tensor> losses(Tensor told, List<TargetDescriptor> wanted, List<Long> counts) {
    Map<String, Tensor> losses = new LinkedHashMap<>();
    losses.put("noun", describe(told, wanted));
    long[] numbers = counts.stream().mapToLong(count -> count).toArray();
    losses.put(
        "count",
        Functional.crossEntropy(
                told.narrow(1, TargetDescriptor.LENGTH, COUNTS),
                Tensors.of(numbers, numbers.length))
            .mul(COUNT_WEIGHT / numbers.length));
    losses.put("extent", extent(told, wanted));
    return losses;
  }

  /** How wrong what is told (N, {@link #TOLD}) is of where shapes are and what they are. */
  static Tensor describe(Tensor told, List<TargetDescriptor> wanted) {
    return MaskComparison.crossEntropy(
            told.narrow(1, 0, TargetDescriptor.LENGTH), TargetDescriptor.stack(wanted))
        .mul(DESCRIPTION_WEIGHT);
  }

  /** How wrong what is told (N, {@link #TOLD}) is of how large shapes are together, and where. */
  static Tensor extent(Tensor told, List<TargetDescriptor> wanted) {
    return extentError(
        told.narrow(1, (long) TargetDescriptor.LENGTH + COUNTS, TargetDescriptor.EXTENT),
        wanted.stream().map(TargetDescriptor::extent).toList());
  }

  /** How far extents, or differences of such, (N, {@link TargetDescriptor#EXTENT}) are off. */
  static Tensor extentError(Tensor told, List<float[]> wanted) {
    float[] all = Floats.concat(wanted.toArray(float[][]::new));
    Tensor error = told.sub(Tensors.of(all, wanted.size(), TargetDescriptor.EXTENT));
    return error.mul(error).mean(false, 0, 1).mul(EXTENT_WEIGHT);
  }

  private static void add(List<Integer> ids, int[] more) {
    for (int id : more) {
      ids.add(id);
    }
  }
}
