package io.sa2va.core.train.nano;

import io.sa2va.core.family.Family;
import io.sa2va.core.scenes.ShapeColor;
import io.sa2va.core.scenes.ShapeKind;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.Functional;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Image tokens learn to resemble the words for what they show, and to tell where they are, so that
 * the language model finds what it reads about by likeness. Shapes: T image tokens, D width.
 */
final class AlignmentObjective implements Objective<SightObjective.Item> {
  private final SightObjective sight;
  private final Family family;
  private final NanoHeads heads;
  private final long[] colorWords;
  private final long[] kindWords;

  AlignmentObjective(Family family, NanoHeads heads, NanoScenes scenes) {
    this.sight = new SightObjective(family, heads, scenes);
    this.family = family;
    this.heads = heads;
    this.colorWords = words(Stream.of(ShapeColor.values()).map(ShapeColor::word).toList());
    this.kindWords = words(Stream.of(ShapeKind.values()).map(ShapeKind::word).toList());
  }

  /** The ids of words as they stand inside a sentence. */
  private long[] words(List<String> words) {
    Tokenizer tokenizer = family.tokenizer();
    return words.stream()
        .mapToLong(
            word -> {
              int[] ids = tokenizer.encodeContinuation(" " + word);
              if (ids.length != 1) {
                throw new IllegalStateException("\"" + word + "\" is not one token");
              }
              return ids[0];
            })
        .toArray();
  }

  @Override
  public SightObjective.Item prepare(long number) {
    return sight.prepare(number);
  }

  @Override
  public Map<String, Tensor> losses(SightObjective.Item item) {
    Tensor tokens = sight.tokens(item); // (T, D)
    Map<String, Tensor> losses = new LinkedHashMap<>(sight.losses(tokens, item.labels()));
    List<Integer> shapes = item.labels().tokensWithShape();
    if (!shapes.isEmpty()) {
      Tensor seen =
          tokens.indexSelect(
              0, Tensors.of(shapes.stream().mapToLong(t -> t).toArray(), shapes.size()));
      losses.put("colorword", likeness(seen, colorWords, item.labels().tokenColors(shapes)));
      losses.put("kindword", likeness(seen, kindWords, item.labels().tokenKinds(shapes)));
    }
    losses.put("cell", place(heads.locate(tokens)));
    return losses;
  }

  /** How much tokens (n, D) resemble the right words more than the others of their kind. */
  private Tensor likeness(Tensor tokens, long[] words, long[] right) {
    Tensor table;
    try (NoGrad off = NoGrad.begin()) {
      Tensor ids = Tensors.of(words, words.length);
      table = family.languageModel().embed(ids).squeeze(0); // (words, D)
    }
    double scale = 1 / Math.sqrt((double) tokens.size(1));
    Tensor logits = tokens.matmul(table.transpose(0, 1)).mul(scale); // (n, words)
    long[] classes = Arrays.stream(right).map(number -> number - 1).toArray();
    return Functional.crossEntropy(logits, Tensors.of(classes, classes.length))
        .div((double) classes.length);
  }

  /**
   * Whether tokens (T, D) tell in which cell of the grid each is; one code a cell can be summed.
   */
  private static Tensor place(Tensor logits) {
    long count = logits.size(0);
    long[] right = LongStream.range(0, count).toArray();
    return Functional.crossEntropy(logits, Tensors.of(right, right.length)).div((double) count);
  }
}
