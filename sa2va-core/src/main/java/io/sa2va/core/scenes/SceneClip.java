package io.sa2va.core.scenes;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Video;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A clip of moving shapes with a mask for each in each frame. Frames are drawn when they are asked
 * for. Immutable; can be used from several threads at once.
 */
public final class SceneClip implements Video {
  /** Of the frames: a shape that is clear in fewer is not referred to. */
  private static final double LEAST_CLEAR = 0.3;

  private final SceneDraws draws;
  private final SceneRenderer renderer;
  private final List<List<SceneShape>> frames;
  private final List<List<VisibleShape>> visible;
  private final SceneFacts facts;

  private SceneClip(
      SceneDraws draws,
      SceneRenderer renderer,
      List<List<SceneShape>> frames,
      List<List<VisibleShape>> visible,
      SceneFacts facts) {
    this.draws = draws;
    this.renderer = renderer;
    this.frames = frames;
    this.visible = visible;
    this.facts = facts;
  }

  static SceneClip of(SceneOptions options, SceneDraws draws) {
    SceneRandom random = draws.shapes();
    int count = random.between(options.minFrames(), options.maxFrames());
    List<MovingShape> shapes = ClipComposer.compose(options, count, random);
    SceneRenderer renderer = SceneRenderer.of(options, random);
    List<List<SceneShape>> frames =
        IntStream.range(0, count)
            .mapToObj(frame -> shapesAt(shapes, (double) frame / (count - 1)))
            .toList();
    List<List<VisibleShape>> visible =
        frames.stream()
            .map(f -> VisibleShapes.of(f, renderer.coverages(f), options.width(), options.height()))
            .toList();
    return new SceneClip(draws, renderer, frames, visible, facts(options, shapes, visible));
  }

  private static List<SceneShape> shapesAt(List<MovingShape> shapes, double time) {
    return shapes.stream().map(shape -> shape.at(time)).toList();
  }

  private static SceneFacts facts(
      SceneOptions options, List<MovingShape> shapes, List<List<VisibleShape>> visible) {
    List<ShapeFacts> facts = new ArrayList<>();
    for (int i = 0; i < shapes.size(); i++) {
      MovingShape shape = shapes.get(i);
      VisibleShape first = visible.get(0).get(i);
      facts.add(
          first.facts(i, shape.start(), SizeClass.MEDIUM, shape.action(), isClear(i, visible)));
    }
    return new SceneFacts(Medium.CLIP, facts, (double) options.width() / options.height());
  }

  private static boolean isClear(int shape, List<List<VisibleShape>> visible) {
    long clear = visible.stream().filter(frame -> frame.get(shape).clear()).count();
    return visible.get(0).get(shape).clear() && clear >= LEAST_CLEAR * visible.size();
  }

  @Override
  public int frameCount() {
    return frames.size();
  }

  @Override
  public Image frame(int index) {
    List<SceneShape> shapes = frames.get(Objects.checkIndex(index, frames.size()));
    return renderer.render(shapes, renderer.coverages(shapes), draws.frame(index));
  }

  @Override
  public int width() {
    return renderer.width();
  }

  @Override
  public int height() {
    return renderer.height();
  }

  /**
   * The shapes.
   *
   * @return from the bottom to the top, at least two
   */
  public List<ShapeFacts> shapes() {
    return facts.shapes();
  }

  /**
   * What shows of a shape in a frame.
   *
   * @param shape its index
   * @param frame from 0
   * @return of the frame's size, empty while the shape is outside or hidden
   * @throws IndexOutOfBoundsException if there is no such shape or frame
   */
  public Mask mask(int shape, int frame) {
    return visible.get(frame).get(shape).mask();
  }

  /**
   * The masks of a target: those of all its shapes together.
   *
   * @param target of a sample of this clip
   * @return one for each frame
   * @throws IndexOutOfBoundsException if there is no such shape
   */
  public List<Mask> masks(Target target) {
    return IntStream.range(0, frameCount()).mapToObj(frame -> mask(target, frame)).toList();
  }

  private Mask mask(Target target, int frame) {
    return target.shapes().stream()
        .map(shape -> mask(shape, frame))
        .reduce(Mask::union)
        .orElseThrow();
  }

  /**
   * Every sample about this clip, each in one wording.
   *
   * @return unmodifiable
   */
  public List<SceneSample> samples() {
    return SceneTexts.samples(facts, draws.texts(0));
  }

  /**
   * One sample of a kind.
   *
   * @param kind what to ask for
   * @param draw which one, any number; the same number gives the same sample
   * @return empty if the clip has none of the kind
   */
  public Optional<SceneSample> sample(SampleKind kind, long draw) {
    return SceneTexts.sample(facts, kind, draws.texts(draw));
  }
}
