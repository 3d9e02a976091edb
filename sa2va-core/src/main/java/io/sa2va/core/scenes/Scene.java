package io.sa2va.core.scenes;

import io.sa2va.Image;
import io.sa2va.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A picture of coloured shapes with a mask for each. Immutable. */
public final class Scene {
  private final SceneDraws draws;
  private final Image image;
  private final List<Mask> masks;
  private final SceneFacts facts;

  private Scene(SceneDraws draws, Image image, List<Mask> masks, SceneFacts facts) {
    this.draws = draws;
    this.image = image;
    this.masks = masks;
    this.facts = facts;
  }

  static Scene of(SceneOptions options, SceneDraws draws) {
    SceneRandom random = draws.shapes();
    List<SizedShape> sized = PictureComposer.compose(options, random);
    List<SceneShape> shapes = sized.stream().map(SizedShape::shape).toList();
    SceneRenderer renderer = SceneRenderer.of(options, random);
    List<Coverage> coverages = renderer.coverages(shapes);
    List<VisibleShape> visible =
        VisibleShapes.of(shapes, coverages, options.width(), options.height());
    return new Scene(
        draws,
        renderer.render(shapes, coverages, draws.frame(0)),
        visible.stream().map(VisibleShape::mask).toList(),
        facts(options, sized, visible));
  }

  private static SceneFacts facts(
      SceneOptions options, List<SizedShape> sized, List<VisibleShape> visible) {
    List<ShapeFacts> facts = new ArrayList<>();
    for (int i = 0; i < sized.size(); i++) {
      SizedShape shape = sized.get(i);
      facts.add(
          visible
              .get(i)
              .facts(i, shape.shape(), shape.size(), Action.STAYS, visible.get(i).clear()));
    }
    return new SceneFacts(Medium.PICTURE, facts, (double) options.width() / options.height());
  }

  /**
   * The picture.
   *
   * @return of the options' size
   */
  public Image image() {
    return image;
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
   * What shows of a shape: the pixels at least half covered by what is not under others.
   *
   * @param shape its index
   * @return of the picture's size
   * @throws IndexOutOfBoundsException if there is no such shape
   */
  public Mask mask(int shape) {
    return masks.get(shape);
  }

  /**
   * The mask of a target: that of all its shapes together.
   *
   * @param target of a sample of this scene
   * @return of the picture's size
   * @throws IndexOutOfBoundsException if there is no such shape
   */
  public Mask mask(Target target) {
    return target.shapes().stream().map(masks::get).reduce(Mask::union).orElseThrow();
  }

  /**
   * Every sample about this scene, each in one wording; often more than a hundred.
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
   * @return empty if the scene has none of the kind
   */
  public Optional<SceneSample> sample(SampleKind kind, long draw) {
    return SceneTexts.sample(facts, kind, draws.texts(draw));
  }

  /** One phrase for each shape that can be referred to by itself. */
  List<Phrase> phrases() {
    return SceneTexts.phrases(facts, draws.texts(0));
  }
}
