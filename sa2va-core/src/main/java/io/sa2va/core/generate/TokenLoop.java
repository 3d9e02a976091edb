package io.sa2va.core.generate;

import io.sa2va.Cancellation;
import io.sa2va.FinishReason;
import io.sa2va.GenerationOptions;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.text.IncrementalDecoder;
import io.sa2va.core.text.SpecialTokens;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.error.CancelledException;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes a reply token by token, and collects the hidden state of every {@code [SEG]}.
 *
 * <p>That state is the last layer's, after the final norm, where {@code [SEG]} is the input; so the
 * token after it is computed, too, and a {@code [SEG]} on which the reply ends has none, as in the
 * reference ({@code get_seg_hidden_states}).
 */
public final class TokenLoop {
  private final CausalLm languageModel;
  private final Tokenizer tokenizer;
  private final int segToken;

  /**
   * For one model.
   *
   * @param segToken the id of {@code [SEG]}
   */
  public TokenLoop(CausalLm languageModel, Tokenizer tokenizer, int segToken) {
    this.languageModel = languageModel;
    this.tokenizer = tokenizer;
    this.segToken = segToken;
  }

  /**
   * Continues after a prompt.
   *
   * @param promptHidden the hidden states of the prompt (1, T, D); the cache holds its T tokens
   * @param cache takes the reply's tokens, all but the last; of a cancelled reply all
   * @param onPiece takes the raw text, special tokens kept
   * @return the reply, with hidden states in the innermost scope
   */
  public Reply run(
      Tensor promptHidden,
      KvCache cache,
      GenerationOptions options,
      StopRules stop,
      Cancellation cancellation,
      Consumer<String> onPiece) {
    Turn turn = new Turn(options, stop, onPiece);
    List<Kept> segments = new ArrayList<>();
    Kept hidden = keepLast(promptHidden);
    try {
      while (turn.takeNext(hidden.tensor(), cache, cancellation)) {
        Kept next = forward(turn.lastToken(), cache);
        hidden.close();
        hidden = next;
        if (turn.lastToken() == segToken) {
          segments.add(Kept.of(hidden.tensor()));
        }
      }
      return turn.reply(collect(segments));
    } finally {
      hidden.close();
      segments.forEach(Kept::close);
    }
  }

  private Kept keepLast(Tensor hidden) {
    try (TensorScope scope = TensorScope.open()) {
      return Kept.of(hidden.narrow(1, hidden.size(1) - 1, 1)); // (1, 1, D)
    }
  }

  private Kept forward(int token, KvCache cache) {
    try (TensorScope step = TensorScope.open()) {
      Tensor embedding = languageModel.embed(Tensors.of(new long[] {token}, 1)); // (1, 1, D)
      return Kept.of(languageModel.forward(embedding, cache)); // (1, 1, D)
    }
  }

  /** (N, D) */
  private static List<Tensor> collect(List<Kept> segments) {
    return segments.stream().map(kept -> kept.tensor().view(1, -1)).toList();
  }

  /** What one reply gathers while it is written. */
  private final class Turn {
    private final GenerationOptions options;
    private final StopRules stop;
    private final Consumer<String> onPiece;
    private final Sampler sampler;
    private final IncrementalDecoder decoder;
    private final List<Integer> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private FinishReason finishReason = FinishReason.STOP;

    Turn(GenerationOptions options, StopRules stop, Consumer<String> onPiece) {
      this.options = options;
      this.stop = stop;
      this.onPiece = onPiece;
      this.sampler = Sampler.of(options);
      this.decoder = tokenizer.incrementalDecoder(SpecialTokens.KEEP);
    }

    int lastToken() {
      return tokens.get(tokens.size() - 1);
    }

    /** Chooses the next token; false when the reply ends with it, or before it by cancelling. */
    boolean takeNext(Tensor hidden, KvCache cache, Cancellation cancellation) {
      if (cancellation.isCancelled()) {
        if (tokens.isEmpty()) {
          throw new CancelledException("the request was cancelled before its answer began");
        }
        finishReason = FinishReason.CANCELLED;
        return false;
      }
      int token;
      try (TensorScope step = TensorScope.open()) {
        token = sampler.next(languageModel.logits(hidden).view(-1));
      }
      tokens.add(token);
      write(decoder.next(token));
      if (stop.stops(token, text.toString())) {
        finishReason = FinishReason.STOP;
        return false;
      }
      boolean full = cache.length() + 1 >= languageModel.contextLength();
      if (tokens.size() == options.maxNewTokens() || full) {
        finishReason = FinishReason.LENGTH;
        return false;
      }
      return true;
    }

    private void write(String piece) {
      text.append(piece);
      onPiece.accept(piece);
    }

    Reply reply(List<Tensor> segHidden) {
      write(decoder.finish());
      return new Reply(tokens, finishReason, segHidden);
    }
  }
}
