package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.SampleKind;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.SceneSample;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The drawn world as a data set: each sample is one question about a picture or a clip of its own.
 * Immutable.
 */
public final class SceneSamples implements Dataset {
  private static final long COUNT = 100_000;

  /** As many as the reference shows of a video. */
  private static final int FRAMES = 5;

  /** One sample of so many is about a clip. */
  private static final int CLIP_EVERY = 4;

  private final List<SceneGenerator> worlds;
  private final List<SampleKind> kinds;
  private final long size;

  /**
   * Of worlds that take turns.
   *
   * @param worlds at least one
   * @param kinds what questions ask for, as often as each is named
   * @param size how many samples, at least 1
   */
  public SceneSamples(List<SceneGenerator> worlds, List<SampleKind> kinds, long size) {
    if (worlds.isEmpty() || kinds.isEmpty() || size < 1) {
      throw new IllegalArgumentException("there must be a world, a kind and a sample");
    }
    this.worlds = List.copyOf(worlds);
    this.kinds = List.copyOf(kinds);
    this.size = size;
  }

  /** A hundred thousand samples of all kinds, about scenes of three forms. */
  public static SceneSamples ofWorld(long seed) {
    List<SceneGenerator> worlds =
        List.of(
            new SceneGenerator(seed, SceneOptions.ofSize(256, 256)),
            new SceneGenerator(seed, SceneOptions.ofSize(320, 240)),
            new SceneGenerator(seed, SceneOptions.ofSize(240, 320)));
    return new SceneSamples(worlds, List.of(SampleKind.values()), COUNT);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    SceneGenerator world = worlds.get((int) (index % worlds.size()));
    return index % CLIP_EVERY == CLIP_EVERY - 1
        ? ofClip(world.clip(index), random)
        : ofPicture(world.picture(index), random);
  }

  private Sample ofPicture(Scene scene, RandomGenerator random) {
    SceneSample text = draw(scene::sample, random);
    return new Sample(
        List.of(pixels(scene.image())),
        text.regions().stream().map(scene::mask).toList(),
        List.of(new Turn(mark(random) + text.prompt(), text.answer())),
        text.targets().stream().map(target -> List.of(scene.mask(target))).toList());
  }

  private Sample ofClip(SceneClip clip, RandomGenerator random) {
    SceneSample text = draw(clip::sample, random);
    int[] frames = frames(clip.frameCount(), random);
    List<List<Mask>> objects = new ArrayList<>();
    text.targets()
        .forEach(
            target -> {
              List<Mask> masks = clip.masks(target);
              objects.add(IntStream.of(frames).mapToObj(masks::get).toList());
            });
    return new Sample(
        IntStream.of(frames).mapToObj(clip::frame).map(SceneSamples::pixels).toList(),
        List.of(),
        List.of(new Turn(mark(random) + text.prompt(), text.answer())),
        objects);
  }

  /** A drawn kind that the scene has; every scene has some of each list of all kinds. */
  private SceneSample draw(
      BiFunction<SampleKind, Long, Optional<SceneSample>> scene, RandomGenerator random) {
    int first = random.nextInt(kinds.size());
    long draw = random.nextInt();
    return IntStream.range(0, kinds.size())
        .mapToObj(i -> scene.apply(kinds.get((first + i) % kinds.size()), draw))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("a scene has no question of the kinds " + kinds));
  }

  /** People write the mark of a picture, or leave it out. */
  private static String mark(RandomGenerator random) {
    return random.nextBoolean() ? "<image>\n" : "";
  }

  /** Different ones, in their order. */
  private static int[] frames(int count, RandomGenerator random) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    return IntStream.range(0, FRAMES)
        .map(i -> left.remove(random.nextInt(left.size())))
        .sorted()
        .toArray();
  }

  private static RgbPixels pixels(Image image) {
    return RgbPixels.of(image.width(), image.height(), image.rgb());
  }
}
