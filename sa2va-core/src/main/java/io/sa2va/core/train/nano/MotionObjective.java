package io.sa2va.core.train.nano;

import io.sa2va.Image;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneSample;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
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

  private static final int KEY_FRAMES = 5;
  private static final int LEAST_FRAMES = 8;
  private static final int MOST_FRAMES = 28;

  private final Family family;
  private final int imageToken;
  private final NanoHeads heads;
  private final NanoScenes scenes;

  /** Of the update's mean square. */
  private static final double QUIET_WEIGHT = 1;

  /** Key frames, what is said of them, and what the shapes in the last of them do. */
  record Item(List<RgbPixels> frames, String text, CellActions actions) {}

  MotionObjective(Family family, NanoHeads heads, NanoScenes scenes) {
    this.family = family;
    this.imageToken = SpecialTexts.requiredId(family.tokenizer(), "<IMG_CONTEXT>");
    this.heads = heads;
    this.scenes = scenes;
  }

  @Override
  public Item prepare(long number) {
    RandomGenerator random = new SplittableRandom(number);
    SceneClip clip = scenes.clip(number, LEAST_FRAMES, MOST_FRAMES, random);
    List<Image> frames = IntStream.range(0, KEY_FRAMES).mapToObj(clip::frame).toList();
    return new Item(
        frames.stream().map(RgbPixels::of).toList(),
        text(clip, random),
        CellActions.of(clip, KEY_FRAMES - 1));
  }

  private static String text(SceneClip clip, RandomGenerator random) {
    List<SceneSample> samples = clip.samples();
    SceneSample one = samples.get(random.nextInt(samples.size()));
    return one.prompt() + one.answer();
  }

  @Override
  public Map<String, Tensor> losses(Item item) {
    if (item.actions().isEmpty()) {
      return Map.of();
    }
    VisionPrompt vision = family.encodeKeyFrames(item.frames());
    String start = family.template().start() + family.template().beforeUser();
    String text = start + family.place("<image>\n" + item.text(), vision.text());
    int[] ids = family.tokenizer().encode(text);
    LmInput input = family.splice(ids, Optional.of(vision));
    try (LayerRows all = new LayerRows(LAYER, LongStream.range(0, ids.length).toArray());
        KvCache cache = family.languageModel().newCache(ids.length)) {
      family.languageModel().forward(all.watch(input), cache);
      Tensor update = all.rows().sub(input.embeddings().squeeze(0)); // (T, D)
      long[] lastFrame = lastFrame(ids, imageToken);
      Tensor cells = all.rows().indexSelect(0, Tensors.of(lastFrame, lastFrame.length));
      return Map.of(
          "motion",
          item.actions().loss(heads.move(cells)),
          "quiet",
          update.mul(update).mean(false, 0, 1).mul(QUIET_WEIGHT));
    }
  }

  /** Where the cells of the last frame of a text stand. */
  static long[] lastFrame(int[] ids, int imageToken) {
    long[] cells =
        IntStream.range(0, ids.length).filter(i -> ids[i] == imageToken).asLongStream().toArray();
    return Arrays.copyOfRange(cells, cells.length - TargetDescriptor.CELLS, cells.length);
  }
}
