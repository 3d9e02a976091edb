package io.sa2va.core.train.nano;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.SampleKind;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneSample;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.scenes.Target;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Conversations about scenes: several questions of all kinds about one picture or clip. */
final class Conversations {
  private static final int KEY_FRAMES = 5;
  private static final int LEAST_FRAMES = 8;
  private static final int MOST_FRAMES = 48;
  private static final int MOST_TURNS = 6;
  private static final int LEAST_TURNS = 2;

  private static final double ONE_TILE = 0.68;
  private static final double FEW_TILES = 0.80;
  private static final double PICTURE = 0.84;

  /** What is asked about pictures; what comes twice is asked twice as often. */
  private static final List<SampleKind> ABOUT_PICTURES =
      List.of(
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.PLACE,
          SampleKind.PLACE,
          SampleKind.RELATION,
          SampleKind.RELATION,
          SampleKind.GROUP,
          SampleKind.SEVERAL,
          SampleKind.ABSENT,
          SampleKind.ABSENT,
          SampleKind.COUNT,
          SampleKind.COUNT,
          SampleKind.COLOR,
          SampleKind.COLOR,
          SampleKind.SHAPE,
          SampleKind.SHAPE,
          SampleKind.EXISTS,
          SampleKind.EXISTS,
          SampleKind.COMPARE,
          SampleKind.POSITION,
          SampleKind.DESCRIPTION,
          SampleKind.REGION,
          SampleKind.REGION);

  private static final List<SampleKind> ABOUT_CLIPS =
      List.of(
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.GROUP,
          SampleKind.MOTION,
          SampleKind.MOTION,
          SampleKind.SEVERAL,
          SampleKind.ABSENT,
          SampleKind.COUNT,
          SampleKind.COLOR,
          SampleKind.SHAPE,
          SampleKind.EXISTS,
          SampleKind.ACTION,
          SampleKind.ACTION,
          SampleKind.DESCRIPTION);

  /** What can be told from a single shape, which everything else builds on. */
  private static final List<SampleKind> BASICS =
      List.of(
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.GROUP,
          SampleKind.COLOR,
          SampleKind.SHAPE,
          SampleKind.EXISTS,
          SampleKind.REGION);

  private final NanoScenes scenes;
  private final boolean basic;

  /**
   * A conversation.
   *
   * @param sample what is said, and the masks
   * @param descriptors of what each {@code [SEG]} stands for, in order
   */
  record Described(Sample sample, List<TargetDescriptor> descriptors) {}

  private Conversations(NanoScenes scenes, boolean basic) {
    this.scenes = scenes;
    this.basic = basic;
  }

  /** About small pictures alone, and what each shape is. */
  static Conversations basic(NanoScenes scenes) {
    return new Conversations(scenes, true);
  }

  /** About everything. */
  static Conversations all(NanoScenes scenes) {
    return new Conversations(scenes, false);
  }

  /** The conversation of a number. */
  Described make(long number) {
    RandomGenerator random = new SplittableRandom(number);
    if (basic) {
      return picture(scenes.oneTile(number, random), BASICS, random);
    }
    double medium = random.nextDouble();
    if (medium >= PICTURE) {
      return clip(scenes.clip(number, LEAST_FRAMES, MOST_FRAMES, random), random);
    }
    return picture(
        medium < ONE_TILE
            ? scenes.oneTile(number, random)
            : medium < FEW_TILES ? scenes.fewTiles(number, random) : scenes.anySize(number, random),
        ABOUT_PICTURES,
        random);
  }

  private static Described picture(Scene scene, List<SampleKind> kinds, RandomGenerator random) {
    List<SceneSample> samples = draw(kinds, kind -> scene.sample(kind, random.nextLong()), random);
    List<Mask> regions = samples.get(0).regions().stream().map(scene::mask).toList();
    return of(
        List.of(scene.image()),
        regions,
        samples,
        target -> List.of(scene.mask(target)),
        scene.shapes());
  }

  private static Described clip(SceneClip clip, RandomGenerator random) {
    List<SceneSample> samples =
        draw(ABOUT_CLIPS, kind -> clip.sample(kind, random.nextLong()), random);
    List<Image> frames = IntStream.range(0, KEY_FRAMES).mapToObj(clip::frame).toList();
    return of(
        frames,
        List.of(),
        samples,
        target -> clip.masks(target).subList(0, KEY_FRAMES),
        clip.shapes());
  }

  private interface Source {
    Optional<SceneSample> sample(SampleKind kind);
  }

  private interface Masks {
    List<Mask> of(Target target);
  }

  /** At least one sample; only the first may speak of regions. */
  private static List<SceneSample> draw(
      List<SampleKind> kinds, Source source, RandomGenerator random) {
    int wanted = random.nextInt(LEAST_TURNS, MOST_TURNS + 1);
    List<SceneSample> samples = new ArrayList<>();
    for (int tries = 0;
        samples.size() < wanted && (tries < 4 * wanted || samples.isEmpty());
        tries++) {
      Optional<SceneSample> sample = source.sample(kinds.get(random.nextInt(kinds.size())));
      sample.filter(s -> s.regions().isEmpty() || samples.isEmpty()).ifPresent(samples::add);
    }
    return samples;
  }

  private static Described of(
      List<Image> frames,
      List<Mask> regions,
      List<SceneSample> samples,
      Masks masks,
      List<ShapeFacts> shapes) {
    List<Turn> turns =
        new ArrayList<>(samples.stream().map(s -> new Turn(s.prompt(), s.answer())).toList());
    turns.set(0, new Turn("<image>\n" + samples.get(0).prompt(), samples.get(0).answer()));
    List<Target> targets = samples.stream().flatMap(s -> s.targets().stream()).toList();
    List<List<Mask>> objects = targets.stream().map(masks::of).toList();
    List<TargetDescriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      List<ShapeFacts> of = targets.get(i).shapes().stream().map(shapes::get).toList();
      descriptors.add(TargetDescriptor.of(objects.get(i), of, TargetDescriptor.Shift.NONE));
    }
    return new Described(
        new Sample(frames.stream().map(RgbPixels::of).toList(), regions, turns, objects),
        descriptors);
  }
}
