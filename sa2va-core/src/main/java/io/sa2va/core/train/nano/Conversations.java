package io.sa2va.core.train.nano;

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
  private static final int LATER_FRAMES = 3;
  private static final int LEAST_TURNS = 3;
  private static final int MOST_TURNS = 8;

  /** Where there is much to see, more is asked, since seeing costs more than answering. */
  private static final int MORE_TURNS = 6;

  private static final double ONE_TILE = 0.3;
  private static final double FEW_TILES = 0.45;
  private static final double PICTURE = 0.72;

  /** So many conversations about pictures begin with regions. */
  private static final double WITH_REGIONS = 0.5;

  /** What is asked about pictures; what comes more often takes longer to learn. */
  private static final List<SampleKind> ABOUT_PICTURES =
      List.of(
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.PLACE,
          SampleKind.PLACE,
          SampleKind.PLACE,
          SampleKind.RELATION,
          SampleKind.RELATION,
          SampleKind.GROUP,
          SampleKind.GROUP,
          SampleKind.SEVERAL,
          SampleKind.ABSENT,
          SampleKind.COUNT,
          SampleKind.COUNT,
          SampleKind.COUNT,
          SampleKind.COLOR,
          SampleKind.SHAPE,
          SampleKind.SHAPE,
          SampleKind.EXISTS,
          SampleKind.COMPARE,
          SampleKind.COMPARE,
          SampleKind.COMPARE,
          SampleKind.COMPARE,
          SampleKind.POSITION,
          SampleKind.POSITION,
          SampleKind.POSITION,
          SampleKind.POSITION,
          SampleKind.POSITION,
          SampleKind.DESCRIPTION,
          SampleKind.DESCRIPTION,
          SampleKind.DESCRIPTION,
          SampleKind.DESCRIPTION,
          SampleKind.DESCRIPTION);

  private static final List<SampleKind> ABOUT_CLIPS =
      List.of(
          SampleKind.ATTRIBUTE,
          SampleKind.ATTRIBUTE,
          SampleKind.GROUP,
          SampleKind.MOTION,
          SampleKind.MOTION,
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
          SampleKind.ACTION,
          SampleKind.ACTION,
          SampleKind.DESCRIPTION);

  private final NanoScenes scenes;

  /**
   * A conversation.
   *
   * @param sample what is said, and the masks
   * @param descriptors of what each {@code [SEG]} stands for, in order
   * @param regions what each region shows
   * @param shapes of the scene
   * @param each describes each shape, by its index
   * @param actions in the cells of a clip's last key frame
   * @param later frames of a clip after its key frames
   * @param masksLater what each {@code [SEG]} stands for in each of them
   */
  record Described(
      Sample sample,
      List<TargetDescriptor> descriptors,
      List<TargetDescriptor> regions,
      List<ShapeFacts> shapes,
      List<TargetDescriptor> each,
      Optional<CellActions> actions,
      List<RgbPixels> later,
      List<List<Mask>> masksLater) {
    /** The same about a clip, with frames of it after its key frames and the targets in them. */
    Described with(CellActions cells, List<RgbPixels> frames, List<List<Mask>> masks) {
      return new Described(
          sample, descriptors, regions, shapes, each, Optional.of(cells), frames, masks);
    }
  }

  Conversations(NanoScenes scenes) {
    this.scenes = scenes;
  }

  /** The conversation of a number. */
  Described make(long number) {
    RandomGenerator random = new SplittableRandom(number);
    double medium = random.nextDouble();
    if (medium >= PICTURE) {
      return clip(scenes.clip(number, random), random);
    }
    if (medium < ONE_TILE) {
      return picture(scenes.oneTile(number, random), LEAST_TURNS, random);
    }
    Scene scene =
        medium < FEW_TILES ? scenes.fewTiles(number, random) : scenes.anySize(number, random);
    return picture(scene, LEAST_TURNS + MORE_TURNS, random);
  }

  private static Described picture(Scene scene, int leastTurns, RandomGenerator random) {
    Source source = kind -> scene.sample(kind, random.nextLong());
    List<SceneSample> samples = new ArrayList<>();
    if (random.nextDouble() < WITH_REGIONS) {
      source.sample(SampleKind.REGION).ifPresent(samples::add);
    }
    draw(ABOUT_PICTURES, source, leastTurns, random, samples);
    List<Mask> regions = samples.get(0).regions().stream().map(scene::mask).toList();
    return of(
        List.of(RgbPixels.of(scene.image())),
        regions,
        samples,
        target -> List.of(scene.mask(target)),
        scene.shapes());
  }

  private static Described clip(SceneClip clip, RandomGenerator random) {
    List<SceneSample> samples = new ArrayList<>();
    Source source = kind -> clip.sample(kind, random.nextLong());
    draw(ABOUT_CLIPS, source, LEAST_TURNS + MORE_TURNS, random, samples);
    Described keyFrames =
        of(
            NanoScenes.keyFrames(clip),
            List.of(),
            samples,
            target -> clip.masks(target).subList(0, NanoScenes.KEY_FRAMES),
            clip.shapes());
    List<Integer> later = later(clip.frameCount(), random);
    List<List<Mask>> masks =
        samples.stream().flatMap(s -> s.targets().stream()).map(clip::masks).toList();
    return keyFrames.with(
        CellActions.of(clip, NanoScenes.KEY_FRAMES - 1),
        later.stream().map(clip::frame).map(RgbPixels::of).toList(),
        later.stream().map(i -> masks.stream().map(object -> object.get(i)).toList()).toList());
  }

  /** Frames after the key frames, as far from each other as there is room for, at most. */
  private static List<Integer> later(int frames, RandomGenerator random) {
    int stride = random.nextInt(1, (frames - NanoScenes.KEY_FRAMES) / LATER_FRAMES + 1);
    return IntStream.rangeClosed(1, LATER_FRAMES)
        .mapToObj(i -> NanoScenes.KEY_FRAMES - 1 + i * stride)
        .toList();
  }

  private interface Source {
    Optional<SceneSample> sample(SampleKind kind);
  }

  private interface Masks {
    List<Mask> of(Target target);
  }

  /** Adds samples until there are enough, at least one. */
  private static void draw(
      List<SampleKind> kinds,
      Source source,
      int least,
      RandomGenerator random,
      List<SceneSample> samples) {
    int wanted = random.nextInt(least, least + MOST_TURNS - LEAST_TURNS + 1);
    for (int tries = 0;
        samples.size() < wanted && (tries < 4 * wanted || samples.isEmpty());
        tries++) {
      source.sample(kinds.get(random.nextInt(kinds.size()))).ifPresent(samples::add);
    }
  }

  private static Described of(
      List<RgbPixels> frames,
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
    List<TargetDescriptor> each =
        shapes.stream()
            .map(
                shape ->
                    TargetDescriptor.of(
                        masks.of(new Target(List.of(shape.index()))),
                        List.of(shape),
                        TargetDescriptor.Shift.NONE))
            .toList();
    return new Described(
        new Sample(frames, regions, turns, objects),
        descriptors,
        samples.get(0).regions().stream().map(each::get).toList(),
        shapes,
        each,
        Optional.empty(),
        List.of(),
        List.of());
  }
}
