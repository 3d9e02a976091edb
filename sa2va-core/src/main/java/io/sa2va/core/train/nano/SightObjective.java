package io.sa2va.core.train.nano;

import io.sa2va.core.family.Family;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.scenes.Scene;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The vision tower and its projector by themselves: what image tokens tell of the cells they stand
 * for. Shapes: T cells of a picture.
 */
final class SightObjective implements Objective<SightObjective.Item> {
  private static final double CROPPED = 0.25;
  private static final double LEAST_CROP = 0.4;
  private static final double PLACE_WEIGHT = 2;

  private final Family family;
  private final NanoHeads heads;
  private final NanoScenes scenes;

  /** A square picture of any size, which becomes one tile, and what there is to see in it. */
  record Item(RgbPixels picture, CellLabels labels) {}

  SightObjective(Family family, NanoHeads heads, NanoScenes scenes) {
    this.family = family;
    this.heads = heads;
    this.scenes = scenes;
  }

  @Override
  public Item prepare(long number) {
    RandomGenerator random = new SplittableRandom(number);
    Scene scene = scenes.crowded(number, random);
    RgbPixels picture = RgbPixels.of(scene.image());
    CellLabels.Crop crop = crop(picture.width(), picture.height(), random);
    return new Item(
        picture.crop(crop.x(), crop.y(), crop.width(), crop.height()), CellLabels.of(scene, crop));
  }

  /** The whole picture, or a part of it, as tiles are. */
  private static CellLabels.Crop crop(int width, int height, RandomGenerator random) {
    if (random.nextDouble() >= CROPPED) {
      return new CellLabels.Crop(0, 0, width, height);
    }
    int w = (int) (width * random.nextDouble(LEAST_CROP, 1));
    int h = (int) (height * random.nextDouble(LEAST_CROP, 1));
    return new CellLabels.Crop(random.nextInt(width - w), random.nextInt(height - h), w, h);
  }

  @Override
  public Map<String, Tensor> losses(Item item) {
    return losses(tokens(item), item.labels());
  }

  /** The image tokens of the picture: (T/4, D). */
  Tensor tokens(Item item) {
    return family.encodeKeyFrames(List.of(item.picture())).features();
  }

  /** The number of the colour that each cell seems to have, 0 for none. */
  long[] colors(Item item) {
    return cells(tokens(item)).narrow(1, 0, CellLabels.CLASSES).argmax(-1).toLongArray();
  }

  private Tensor cells(Tensor tokens) {
    return heads.see(tokens).reshape(CellLabels.CELLS, CellLabels.PER_CELL); // (T, ·)
  }

  /** What is told wrong by image tokens (T/4, D). */
  Map<String, Tensor> losses(Tensor tokens, CellLabels labels) {
    Tensor cells = cells(tokens); // (T, ·)
    List<Integer> shapes = labels.cells(true);
    List<Integer> background = labels.cells(false);
    Map<String, Tensor> losses = new LinkedHashMap<>();
    if (!shapes.isEmpty()) {
      Tensor seen = rows(cells, shapes); // (n, ·)
      losses.put("color", classes(seen, 0, labels.colors(shapes)));
      losses.put("kind", classes(seen, CellLabels.CLASSES, labels.kinds(shapes)));
      losses.put("place", places(seen, labels.places(shapes)));
    }
    if (!background.isEmpty()) {
      losses.put("empty", classes(rows(cells, background), 0, labels.colors(background)));
    }
    return losses;
  }

  private static Tensor rows(Tensor x, List<Integer> rows) {
    return x.indexSelect(0, Tensors.of(rows.stream().mapToLong(row -> row).toArray(), rows.size()));
  }

  private static Tensor classes(Tensor cells, long from, long[] labels) {
    Tensor logits = cells.narrow(1, from, CellLabels.CLASSES); // (n, classes)
    return Functional.crossEntropy(logits, Tensors.of(labels, labels.length))
        .div((double) labels.length);
  }

  private static Tensor places(Tensor cells, float[] wanted) {
    Tensor told = cells.narrow(1, 2L * CellLabels.CLASSES, CellLabels.PLACE_VALUES); // (n, 3)
    Tensor error = told.sub(Tensors.of(wanted, cells.size(0), CellLabels.PLACE_VALUES));
    return error.abs().mean(false, 0, 1).mul(PLACE_WEIGHT);
  }
}
