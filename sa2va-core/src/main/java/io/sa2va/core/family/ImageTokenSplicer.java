package io.sa2va.core.family;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.Deepstack;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.llm.PositionIds;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Replaces the embeddings of a prompt's image tokens by vision features, in order. */
final class ImageTokenSplicer {
  private final CausalLm languageModel;
  private final int imageToken;

  /**
   * For one kind of image token.
   *
   * @param imageToken the id that stands for one vision feature
   */
  ImageTokenSplicer(CausalLm languageModel, int imageToken) {
    this.languageModel = languageModel;
    this.imageToken = imageToken;
  }

  /**
   * Embeds a prompt without pictures.
   *
   * @param prompt token ids (T)
   * @throws InvalidRequestException if the prompt has image tokens, which none may have here
   */
  LmInput words(int[] prompt) {
    requireImageTokens(places(prompt), 0);
    return LmInput.text(embed(prompt));
  }

  /**
   * Embeds a prompt with pictures.
   *
   * @param prompt token ids (T) with as many image tokens as there are features
   * @throws InvalidRequestException if the numbers differ
   */
  LmInput splice(int[] prompt, VisionPrompt vision) {
    long[] places = places(prompt);
    requireImageTokens(places, vision.features().size(0));
    Tensor embeddings = embed(prompt); // (1, T, D)
    Tensor at = Tensors.of(places, places.length).to(embeddings.device()); // (n)
    embeddings.indexCopyInPlace(1, at, like(embeddings, vision.features()).unsqueeze(0));
    List<Tensor> finer =
        vision.deepstack().stream().map(features -> like(embeddings, features)).toList();
    return new LmInput(embeddings, positions(prompt, vision.grids()), new Deepstack(at, finer));
  }

  private static Tensor like(Tensor embeddings, Tensor features) {
    return features.to(embeddings.device(), embeddings.dtype());
  }

  private Tensor embed(int[] prompt) {
    requireKnown(prompt);
    long[] ids = Arrays.stream(prompt).asLongStream().toArray();
    return languageModel.embed(Tensors.of(ids, ids.length));
  }

  private PositionIds positions(int[] prompt, List<TokenGrid> grids) {
    PositionIds.Builder positions = new PositionIds.Builder();
    Iterator<TokenGrid> pictures = grids.iterator();
    int at = 0;
    while (at < prompt.length) {
      if (prompt[at] == imageToken && pictures.hasNext()) {
        TokenGrid grid = pictures.next();
        positions.picture(grid.rows(), grid.columns());
        at += grid.tokens();
      } else {
        positions.text(1);
        at++;
      }
    }
    return positions.build();
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
