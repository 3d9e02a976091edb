package io.sa2va.benchmarks;

import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Lets a model of random weights always give the same answer of {@link #TOKENS} tokens, which ends
 * with some {@code [SEG]}, so that a whole request with its masks can be measured. Each token
 * decides the next: layers add nothing to what a token's embedding says, though they are computed,
 * and the head knows for each embedding of the answer what comes after it.
 */
final class FixedAnswer {
  /** How many tokens the answer has before it repeats itself. */
  static final int TOKENS = 32;

  static final int MOST_OBJECTS = 8;

  /** How sure the head is; with random weights no other token comes near. */
  private static final double CERTAINTY = 2;

  private static final Pattern WORD = Pattern.compile(" [a-z]+");
  private static final Pattern ADDED_BY_LAYERS =
      Pattern.compile("language_model\\..*\\.(o_proj|down_proj)\\.weight");
  private static final String HEAD = "language_model.lm_head.weight";

  /** What the head's rows are made of. */
  private static final String EMBEDDINGS = "language_model.model.embed_tokens.weight";

  private final Map<Integer, Integer> nextTokens = new LinkedHashMap<>();

  /**
   * @param shapes of the weights, by their names
   * @param objects how many {@code [SEG]} it has, 1 to {@link #MOST_OBJECTS}
   * @throws IllegalArgumentException if the model cannot be made to, such as one whose head is its
   *     embeddings
   */
  FixedAnswer(Tokenizer tokenizer, Map<String, List<Long>> shapes, int objects) {
    if (!shapes.containsKey(HEAD) || !shapes.containsKey(EMBEDDINGS)) {
      throw new IllegalArgumentException(
          "only a model with %s and %s can be given a fixed answer".formatted(HEAD, EMBEDDINGS));
    }
    int seg = SpecialTexts.requiredId(tokenizer, "[SEG]");
    List<Integer> words =
        IntStream.range(0, seg)
            .filter(id -> WORD.matcher(text(tokenizer, id)).matches())
            .limit(TOKENS - 2L * objects + 1)
            .boxed()
            .toList();
    if (words.size() < TOKENS - 2 * objects + 1) {
      throw new IllegalArgumentException("the tokenizer has too few words for an answer");
    }
    int[] newLine = tokenizer.encodeContinuation("\n");
    int last = newLine[newLine.length - 1];
    for (int word : words.subList(0, words.size() - 1)) {
      nextTokens.put(last, word);
      last = word;
    }
    int between = words.get(words.size() - 1);
    nextTokens.put(last, seg);
    nextTokens.put(seg, between);
    nextTokens.put(between, seg);
  }

  private static String text(Tokenizer tokenizer, int id) {
    return tokenizer.decode(new int[] {id});
  }

  /**
   * A weight as it is to be written.
   *
   * @param random what it would be otherwise
   * @param others gives the values of another weight
   */
  Tensor change(String name, Tensor random, Function<String, Tensor> others) {
    if (ADDED_BY_LAYERS.matcher(name).matches()) {
      return random.fillInPlace(0);
    }
    return name.equals(HEAD) ? head(random, others.apply(EMBEDDINGS)) : random;
  }

  /** Rows of tokens that follow others are what those others' embeddings are: (V, D). */
  private Tensor head(Tensor random, Tensor embeddings) {
    nextTokens.values().forEach(next -> random.select(0, next).fillInPlace(0));
    nextTokens.forEach(
        (token, next) ->
            random.select(0, next).addInPlace(embeddings.select(0, token).mul(CERTAINTY)));
    return random;
  }
}
