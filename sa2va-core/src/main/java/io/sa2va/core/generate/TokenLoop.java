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
  private final Decoding.Kind decodings;

  /**
   * For one model.
   *
   * @param segToken the id of {@code [SEG]}
   */
  public TokenLoop(CausalLm languageModel, Tokenizer tokenizer, int segToken) {
    this(languageModel, tokenizer, segToken, Decoding.usual(languageModel));
  }

  TokenLoop(CausalLm languageModel, Tokenizer tokenizer, int segToken, Decoding.Kind decodings) {
    this.languageModel = languageModel;
    this.tokenizer = tokenizer;
    this.segToken = segToken;
    this.decodings = decodings;
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
    try (Decoding decoding =
        decodings.begin(languageModel, cache, promptHidden, Sampler.of(options))) {
      while (turn.takeNext(decoding, cache, cancellation)) {
        Tensor hidden = decoding.read(turn.lastToken()); // (1, 1, D)
        if (turn.lastToken() == segToken) {
          segments.add(copyOf(hidden));
        }
      }
      return turn.reply(collect(segments));
    } finally {
      segments.forEach(Kept::close);
    }
  }

  private static Kept copyOf(Tensor hidden) {
    try (TensorScope scope = TensorScope.open()) {
      return Kept.of(hidden.copy());
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
    private final IncrementalDecoder decoder;
    private final List<Integer> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private FinishReason finishReason = FinishReason.STOP;

    Turn(GenerationOptions options, StopRules stop, Consumer<String> onPiece) {
      this.options = options;
      this.stop = stop;
      this.onPiece = onPiece;
      this.decoder = tokenizer.incrementalDecoder(SpecialTokens.KEEP);
    }

    int lastToken() {
      return tokens.get(tokens.size() - 1);
    }

    /** Chooses the next token; false when the reply ends with it, or before it by cancelling. */
    boolean takeNext(Decoding decoding, KvCache cache, Cancellation cancellation) {
      if (cancellation.isCancelled()) {
        if (tokens.isEmpty()) {
          throw new CancelledException("the request was cancelled before its answer began");
        }
        finishReason = FinishReason.CANCELLED;
        return false;
      }
      int token = decoding.next();
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
