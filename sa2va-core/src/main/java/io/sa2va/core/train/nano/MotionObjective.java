package io.sa2va.core.train.nano;

import io.sa2va.core.family.Family;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneSample;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Seeing what moves: after the first layer of the language model each cell of the last key frame
 * tells what the shape in it has done since the first. To all else the layer adds little, so that
 * it stays what it is to the layers after it. Shapes: T tokens, D width.
 */
final class MotionObjective implements Objective<MotionObjective.Item> {
  /** The layer after which cells tell it. */
  static final int LAYER = 0;

  private final Family family;
  private final int imageToken;
  private final NanoHeads heads;
  private final NanoScenes scenes;

  private static final double CLIP = 0.7;

  /** Samples whose texts stand after a picture or clip. */
  private static final int TEXTS = 4;

  /** A picture or key frames, what is said of them, and what the shapes in the last frame do. */
  record Item(List<RgbPixels> frames, String text, Optional<CellActions> actions) {}

  MotionObjective(Family family, NanoHeads heads, NanoScenes scenes) {
    this.family = family;
    this.imageToken = SpecialTexts.requiredId(family.tokenizer(), "<IMG_CONTEXT>");
    this.heads = heads;
    this.scenes = scenes;
  }

  @Override
  public Item prepare(long number) {
    RandomGenerator random = new SplittableRandom(number);
    if (random.nextDouble() >= CLIP) {
      Scene scene = scenes.anySize(number, random);
      return new Item(
          List.of(RgbPixels.of(scene.image())), text(scene.samples(), random), Optional.empty());
    }
    SceneClip clip = scenes.clip(number, random);
    return new Item(
        NanoScenes.keyFrames(clip),
        text(clip.samples(), random),
        Optional.of(CellActions.of(clip, NanoScenes.KEY_FRAMES - 1)));
  }

  private static String text(List<SceneSample> samples, RandomGenerator random) {
    return IntStream.range(0, TEXTS)
        .mapToObj(i -> samples.get(random.nextInt(samples.size())))
        .map(sample -> sample.prompt() + sample.answer())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public Map<String, Tensor> losses(Item item) {
    VisionPrompt vision =
        item.actions().isPresent()
            ? family.encodeKeyFrames(item.frames())
            : family.encodePicture(item.frames().get(0), List.of());
    String start = family.template().start() + family.template().beforeUser();
    String text = start + family.place("<image>\n" + item.text(), vision.text());
    int[] ids = family.tokenizer().encode(text);
    LmInput input = family.splice(ids, Optional.of(vision));
    try (LayerRows all = new LayerRows(LAYER, LongStream.range(0, ids.length).toArray());
        KvCache cache = family.languageModel().newCache(ids.length)) {
      family.languageModel().forward(all.watch(input), cache);
      Tensor rows = all.rows(); // (T, D)
      Tensor update = rows.sub(input.embeddings().squeeze(0)); // (T, D)
      Map<String, Tensor> losses = new LinkedHashMap<>();
      long[] cells = places(ids, id -> id == imageToken);
      losses.put("cells", size(update, item.actions().isPresent() ? earlier(cells) : cells));
      losses.put("text", size(update, places(ids, id -> id != imageToken)));
      item.actions()
          .filter(actions -> !actions.isEmpty())
          .ifPresent(
              actions -> {
                Tensor last = rows(rows, lastFrame(cells));
                losses.put("motion", actions.loss(heads.move(last)));
              });
      return losses;
    }
  }

  /** The mean square of some rows. */
  private static Tensor size(Tensor x, long[] places) {
    Tensor some = rows(x, places);
    return some.mul(some).mean(false, 0, 1);
  }

  private static Tensor rows(Tensor x, long[] places) {
    return x.indexSelect(0, Tensors.of(places, places.length));
  }

  /** Of places of cells those of the last frame. */
  static long[] lastFrame(long[] cells) {
    return Arrays.copyOfRange(cells, cells.length - TargetDescriptor.CELLS, cells.length);
  }

  /** All but those of the last frame. */
  private static long[] earlier(long[] cells) {
    return Arrays.copyOf(cells, cells.length - TargetDescriptor.CELLS);
  }

  private static long[] places(int[] ids, IntPredicate which) {
    return IntStream.range(0, ids.length).filter(i -> which.test(ids[i])).asLongStream().toArray();
  }
}
