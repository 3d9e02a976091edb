package io.sa2va.benchmarks;

import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Text to token ids and back: a prompt of about a thousand words. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TokenizerBenchmark {
  private static final String TEXT =
      "Please segment the girl in the yellow dress, who holds 2 apples; then describe her. "
          .repeat(64)
          .strip();

  private Tokenizer tokenizer;
  private int[] ids;

  @Setup
  public void open(BenchmarkModel model) {
    tokenizer = TokenizerReader.read(model.folder());
    ids = tokenizer.encode(TEXT);
    if (!tokenizer.decode(ids).contains(TEXT)) {
      throw new IllegalStateException("the tokenizer does not give back the text");
    }
  }

  @Benchmark
  public int[] encode() {
    return tokenizer.encode(TEXT);
  }

  @Benchmark
  public String decode() {
    return tokenizer.decode(ids);
  }
}
