package io.sa2va.core.train.nano;

import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.decoder.Decoded;
import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.ShapeFacts;
import io.sa2va.core.train.MaskTargets;
import io.sa2va.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * SAM2 by itself: masks of shapes that points, boxes or descriptions stand for. All targets of a
 * picture share its encoding.
 */
final class MaskObjective implements Objective<MaskObjective.Item> {
  private static final double DESCRIBED = 0.7;
  private static final double POINTED_AT = 0.85;
  private static final double MOST_SHIFT = 0.05;
  private static final double BOX_SLACK = 0.01;
  private static final int MOST_TARGETS = 4;

  private final Sam2 sam2;
  private final NanoHeads heads;
  private final NanoScenes scenes;
  private final SquareFrames squares;

  /**
   * A picture and what to find in it.
   *
   * @param square of SAM2's size
   * @param masks of N targets
   * @param descriptors of each
   * @param points that stand for the targets instead, if any
   */
  record Item(
      RgbPixels square,
      List<Mask> masks,
      List<TargetDescriptor> descriptors,
      Optional<Points> points) {}

  MaskObjective(Sam2 sam2, NanoHeads heads, NanoScenes scenes) {
    this.sam2 = sam2;
    this.squares = new SquareFrames(sam2);
    this.heads = heads;
    this.scenes = scenes;
  }

  @Override
  public Item prepare(long number) {
    RandomGenerator random = new SplittableRandom(number);
    Scene scene = scenes.anySize(number, random);
    List<List<ShapeFacts>> targets = targets(scene, random);
    List<Mask> masks = targets.stream().map(target -> mask(scene, target)).toList();
    List<TargetDescriptor> descriptors = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      descriptors.add(TargetDescriptor.of(List.of(masks.get(i)), targets.get(i), shift(random)));
    }
    double kind = random.nextDouble();
    Optional<Points> points =
        kind < DESCRIBED
            ? Optional.empty()
            : Optional.of(kind < POINTED_AT ? points(masks, random) : boxes(masks, random));
    RgbPixels pixels = RgbPixels.of(scene.image());
    return new Item(
        squares.square(pixels),
        masks,
        descriptors,
        points.map(p -> p.scaled(pixels.width(), pixels.height(), sam2.imageSize())));
  }

  /** Each shape of which enough shows, and now and then those of one colour together. */
  private static List<List<ShapeFacts>> targets(Scene scene, RandomGenerator random) {
    List<List<ShapeFacts>> targets = new ArrayList<>();
    for (ShapeFacts shape : scene.shapes()) {
      if (shape.clear() && targets.size() < MOST_TARGETS) {
        targets.add(List.of(shape));
      }
    }
    ShapeFacts any = scene.shapes().get(random.nextInt(scene.shapes().size()));
    targets.add(
        scene.shapes().stream()
            .filter(
                random.nextBoolean()
                    ? shape -> shape.color() == any.color()
                    : shape -> shape.kind() == any.kind())
            .toList());
    return targets;
  }

  private static Mask mask(Scene scene, List<ShapeFacts> shapes) {
    return shapes.stream()
        .map(shape -> scene.mask(shape.index()))
        .reduce(Mask::union)
        .orElseThrow();
  }

  private static TargetDescriptor.Shift shift(RandomGenerator random) {
    return random.nextBoolean()
        ? TargetDescriptor.Shift.NONE
        : new TargetDescriptor.Shift(
            random.nextDouble(-MOST_SHIFT, MOST_SHIFT), random.nextDouble(-MOST_SHIFT, MOST_SHIFT));
  }

  private static Points points(List<Mask> masks, RandomGenerator random) {
    float[] places = new float[masks.size() * 2];
    int[] labels = new int[masks.size()];
    for (int i = 0; i < masks.size(); i++) {
      int[] pixel = pixelOf(masks.get(i), random);
      places[2 * i] = pixel[0];
      places[2 * i + 1] = pixel[1];
      labels[i] = Points.POSITIVE;
    }
    return new Points(masks.size(), places, labels);
  }

  private static int[] pixelOf(Mask mask, RandomGenerator random) {
    int left = random.nextInt(Math.max(1, mask.area()));
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        if (mask.get(x, y) && left-- == 0) {
          return new int[] {x, y};
        }
      }
    }
    return new int[] {0, 0};
  }

  private static Points boxes(List<Mask> masks, RandomGenerator random) {
    float[] places = new float[masks.size() * 4];
    int[] labels = new int[masks.size() * 2];
    for (int i = 0; i < masks.size(); i++) {
      var box = masks.get(i).box();
      float slack = (float) (masks.get(i).width() * random.nextDouble(-BOX_SLACK, BOX_SLACK));
      if (box != null) {
        places[4 * i] = box.x() - slack;
        places[4 * i + 1] = box.y() - slack;
        places[4 * i + 2] = box.x() + box.width() + slack;
        places[4 * i + 3] = box.y() + box.height() + slack;
      }
      labels[2 * i] = Points.BOX_TOP_LEFT;
      labels[2 * i + 1] = Points.BOX_BOTTOM_RIGHT;
    }
    return new Points(masks.size(), places, labels);
  }

  @Override
  public Map<String, Tensor> losses(Item item) {
    Decoded decoded = decode(item); // (N, 4, S/4, S/4)
    long compared = decoded.masks().size(2) * MaskComparison.SIDE_FACTOR;
    return MaskComparison.losses(decoded, MaskTargets.covered(item.masks(), compared, compared));
  }

  /** All masks of all targets. */
  Decoded decode(Item item) {
    return sam2.decodeAll(squares.encode(item.square()), prompts(item));
  }

  private PromptTokens prompts(Item item) {
    if (item.points().isPresent()) {
      return sam2.prompts().points(item.points().get());
    }
    long objects = item.masks().size();
    Tensor taught = heads.teach(TargetDescriptor.stack(item.descriptors())); // (N, C)
    return sam2.prompts().nothing(objects).withLanguage(taught);
  }
}
