package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Replay;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One word after another through a language model, in memory that stays in place: the token, its
 * position, the cache, the results. What a step does on the device depends on nothing that Java
 * learns between two steps, so a GPU can repeat it as one graph, and nothing is copied or waited
 * for unless the caller asks for the token.
 *
 * <p>For one reply and one thread; closed before its cache. The cache must not be used by others
 * meanwhile. Shapes: D width, V vocabulary.
 */
public final class DecodeStep implements AutoCloseable {
  /** Makes the replay of a step; other than {@link Replay#of} for tests only. */
  @FunctionalInterface
  public interface Replays {
    Replay of(Device device, Runnable work);
  }

  private final TransformerLm languageModel;
  private final KvCache cache;
  private final Replays replays;
  private final Kept token; // (1) of INT64
  private final Kept hidden; // (1, 1, D)
  private final Kept logits; // (V) of FLOAT32
  private @Nullable Part part;
  private long capacity;

  /** What lasts until the cache must grow. */
  private record Part(StepPosition position, Replay replay) {
    void close() {
      try (position) {
        replay.close();
      }
    }
  }

  DecodeStep(TransformerLm languageModel, KvCache cache, Replays replays) {
    this.languageModel = languageModel;
    this.cache = cache;
    this.replays = replays;
    Device device = languageModel.device();
    try (TensorScope scope = TensorScope.open()) {
      this.token = Kept.of(Tensors.zeros(DType.INT64, device, 1));
      this.hidden =
          Kept.of(Tensors.zeros(languageModel.dtype(), device, 1, 1, languageModel.hiddenSize()));
      this.logits = Kept.of(Tensors.zeros(DType.FLOAT32, device, languageModel.vocabSize()));
    }
  }

  /**
   * Sets what the words follow: the scores of the next token, and the best one as the next input.
   *
   * @param state hidden states of the last position (1, 1, D), which the cache holds already
   */
  public void begin(Tensor state) {
    try (TensorScope scope = TensorScope.open()) {
      choose(languageModel.logits(state));
    }
  }

  /** Takes another token than the best one as the next input. */
  public void setToken(long id) {
    try (TensorScope scope = TensorScope.open()) {
      token.tensor().copyFrom(Tensors.of(new long[] {id}, 1).to(languageModel.device()));
    }
  }

  /** The next input (1) of INT64: the best token after the last step, unless another was set. */
  public Tensor token() {
    return token.tensor();
  }

  /** The scores of all tokens after the last step: (V) of FLOAT32. Overwritten by the next. */
  public Tensor logits() {
    return logits.tensor();
  }

  /** The hidden state of the last step's input: (1, 1, D). Overwritten by the next. */
  public Tensor hidden() {
    return hidden.tensor();
  }

  /** Whether the next step fits into the cache as it is, so that nothing need be moved first. */
  public boolean hasRoom() {
    return part != null && cache.length() < capacity;
  }

  /**
   * Computes what follows the token. The cache holds it on the device, but counts it only when
   * {@link #accept()} is called, before the next step; a last step that is not accepted is as if it
   * had never been.
   */
  public void run() {
    if (!hasRoom()) {
      renew();
    }
    Part current = Objects.requireNonNull(part);
    current.position().lengthen(cache.nextPosition() + 1);
    current.replay().run();
  }

  /** Says that the last step's token belongs to the sequence. */
  public void accept() {
    cache.advance(PositionIds.text(1));
  }

  private void renew() {
    closePart();
    capacity = cache.reserveInPlace();
    StepPosition position = languageModel.stepPosition(cache, capacity);
    part = new Part(position, replays.of(languageModel.device(), () -> compute(position)));
  }

  /** The work itself, on the device alone. */
  private void compute(StepPosition position) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor state = languageModel.step(token.tensor(), cache, position); // (1, 1, D)
      hidden.tensor().copyFrom(state);
      choose(languageModel.logits(state));
      position.advance();
    }
  }

  /** Scores (1, 1, V). */
  private void choose(Tensor scores) {
    logits.tensor().copyFrom(scores.view(-1));
    token.tensor().copyFrom(logits.tensor().argmax(-1).view(1));
  }

  private void closePart() {
    Part last = part;
    part = null;
    if (last != null) {
      last.close();
    }
  }

  @Override
  public void close() {
    try (token;
        hidden;
        logits) {
      closePart();
    }
  }
}
