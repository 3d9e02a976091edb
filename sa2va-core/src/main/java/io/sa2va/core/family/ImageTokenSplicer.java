package io.sa2va.core.family;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;

/** Replaces the embeddings of a prompt's image tokens by vision features, in order. */
public final class ImageTokenSplicer {
  private final CausalLm languageModel;
  private final int imageToken;

  /**
   * For one kind of image token.
   *
   * @param imageToken the id that stands for one vision feature
   */
  public ImageTokenSplicer(CausalLm languageModel, int imageToken) {
    this.languageModel = languageModel;
    this.imageToken = imageToken;
  }

  /**
   * Embeds a prompt without pictures.
   *
   * @param prompt token ids (T)
   * @return (1, T, D)
   * @throws InvalidRequestException if the prompt has image tokens, which none may have here
   */
  public Tensor embed(int[] prompt) {
    requireImageTokens(places(prompt), 0);
    return embedIds(prompt);
  }

  /**
   * Embeds a prompt with pictures.
   *
   * @param prompt token ids (T) with as many image tokens as there are features
   * @param features (n, D)
   * @return (1, T, D)
   * @throws InvalidRequestException if the numbers differ
   */
  public Tensor embed(int[] prompt, Tensor features) {
    long[] places = places(prompt);
    requireImageTokens(places, features.size(0));
    Tensor embeddings = embedIds(prompt); // (1, T, D)
    Tensor at = Tensors.of(places, places.length).to(embeddings.device());
    return embeddings.indexCopyInPlace(
        1, at, features.to(embeddings.device(), embeddings.dtype()).unsqueeze(0));
  }

  private Tensor embedIds(int[] prompt) {
    requireKnown(prompt);
    long[] ids = Arrays.stream(prompt).asLongStream().toArray();
    return languageModel.embed(Tensors.of(ids, ids.length));
  }

  /** An id that the token table lacks would stop libtorch in the middle of a request. */
  private void requireKnown(int[] prompt) {
    int known = languageModel.vocabSize();
    for (int id : prompt) {
      if (id >= known) {
        throw new ModelConfigException(
            "the tokenizer gives the id "
                + id
                + ", but the language model knows ids below "
                + known
                + " (vocab_size); check that the tokenizer belongs to these weights");
      }
    }
  }

  private long[] places(int[] prompt) {
    long[] places = new long[prompt.length];
    int count = 0;
    for (int i = 0; i < prompt.length; i++) {
      if (prompt[i] == imageToken) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  private static void requireImageTokens(long[] places, long features) {
    if (places.length != features) {
      throw new InvalidRequestException(
          "the prompt has "
              + places.length
              + " image tokens where "
              + features
              + " are due; <image> may stand in it once, and the tokens that stand for pictures"
              + " must not be written by hand");
    }
  }
}
