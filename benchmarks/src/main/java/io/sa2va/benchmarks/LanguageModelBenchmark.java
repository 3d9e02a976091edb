package io.sa2va.benchmarks;

import io.sa2va.core.family.Family;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.DecodeStep;
import io.sa2va.core.llm.KvCache;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The language model: reading a prompt, and the next token after it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LanguageModelBenchmark {
  /** Tokens of the prompt; a picture of seven tiles has 1792. */
  @Param({"256", "512", "1792"})
  public int tokens;

  private BenchmarkModel.Opened model;
  private Family family;
  private CausalLm languageModel;
  private int[] prompt;
  private KvCache cache;

  @Setup
  public void open(BenchmarkModel which) {
    model = which.open();
    family = model.family();
    languageModel = family.languageModel();
    int[] words =
        family.tokenizer().encodeContinuation("Please segment the girl who holds 2 apples. ");
    prompt = new int[tokens];
    Arrays.setAll(prompt, i -> words[i % words.length]);
    cache = languageModel.newCache(tokens + 1);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      read(prompt, cache);
    }
    Timed.requireFinite("the language model", this::nextScores);
  }

  /** Reads the whole prompt; the last hidden state. */
  @Benchmark
  public double prefill() {
    try (KvCache fresh = languageModel.newCache(tokens)) {
      return Timed.run(() -> read(prompt, fresh));
    }
  }

  /** Reads one token after the prompt, scores all tokens and chooses the best. */
  @Benchmark
  public double decode() {
    return Timed.run(() -> nextScores().argmax(-1));
  }

  /** The same in memory that stays in place, as a GPU decodes; the text grows by each token. */
  @Benchmark
  public double decodeInPlace(InPlace text) {
    return Timed.run(
        () -> {
          text.step.run();
          text.step.accept();
          return text.step.logits();
        });
  }

  /** A text that starts with the prompt anew for each iteration. */
  @State(Scope.Benchmark)
  public static class InPlace {
    private KvCache cache;
    private DecodeStep step;

    @Setup(Level.Iteration)
    public void begin(LanguageModelBenchmark benchmark) {
      cache = benchmark.languageModel.newCache(benchmark.tokens + 1);
      try (Inference inference = Inference.begin();
          TensorScope scope = TensorScope.open()) {
        Tensor hidden = benchmark.read(benchmark.prompt, cache);
        step = benchmark.languageModel.openStep(cache);
        step.begin(hidden);
      }
    }

    @TearDown(Level.Iteration)
    public void end() {
      step.close();
      cache.close();
    }
  }

  private Tensor nextScores() {
    Tensor hidden = read(new int[] {prompt[0]}, cache);
    cache.truncate(tokens);
    return languageModel.logits(hidden).view(-1); // (V)
  }

  /** (1, 1, D) */
  private Tensor read(int[] ids, KvCache into) {
    var embedded = family.splice(ids, Optional.empty());
    Tensor hidden = languageModel.forward(embedded, into); // (1, T, D)
    return hidden.narrow(1, hidden.size(1) - 1, 1);
  }

  @TearDown
  public void close() {
    cache.close();
    model.close();
  }
}
