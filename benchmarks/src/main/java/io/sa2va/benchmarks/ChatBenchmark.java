package io.sa2va.benchmarks;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.Sa2VA;
import io.sa2va.Video;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A whole request through the public API. A model of random weights says {@code [SEG]} only if it
 * was written with {@code --objects}; without, this leaves SAM2 out.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ChatBenchmark {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 427;

  @Param("32")
  public int maxNewTokens;

  @Param("8")
  public int frames;

  private Sa2VA sa2va;
  private Image picture;
  private Video video;

  @Setup
  public void open(BenchmarkModel which) {
    sa2va = Sa2VA.load(which.folder().toString(), which.options());
    picture = Pictures.image(WIDTH, HEIGHT, 0);
    video =
        Video.ofImages(
            IntStream.range(0, frames).mapToObj(i -> Pictures.image(WIDTH, HEIGHT, i)).toList());
    requireAnswer(picture());
    requireAnswer(video());
  }

  private static void requireAnswer(Answer answer) {
    if (answer.tokens().isEmpty()) {
      throw new IllegalStateException("the model gave an empty answer");
    }
  }

  @Benchmark
  public Answer picture() {
    return sa2va.chat(request().image(picture).prompt("Please segment the cat.").build());
  }

  @Benchmark
  public Answer video() {
    return sa2va.chat(request().video(video).prompt("Please segment the girl.").build());
  }

  private ChatRequest.Builder request() {
    return ChatRequest.builder().generation(options -> options.maxNewTokens(maxNewTokens));
  }

  @TearDown
  public void close() {
    sa2va.close();
  }
}
