package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KvCacheTest {
  private static final int LENGTH = 40;

  private Inference inference;
  private TensorScope scope;
  private InternVlModel model;

  @BeforeEach
  void open() {
    inference = Inference.begin();
    scope = TensorScope.open();
    model = new InternVlModel("qwen2", DType.FLOAT32);
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
    inference.close();
  }

  @Test
  void forward_tokenByToken_givesTheSameLogitsAsAtOnce() {
    Tensor whole = logits(model, LENGTH);
    int[] ones = IntStream.generate(() -> 1).limit(LENGTH).toArray();
    assertThat(relativeError(logits(model, ones), whole)).isLessThan(1e-5);
  }

  @ParameterizedTest
  @CsvSource({"17, 23", "1, 39", "39, 1"})
  void forward_twoChunks_givesTheSameLogitsAsAtOnce(int first, int second) {
    assertThat(relativeError(logits(model, first, second), logits(model, LENGTH))).isLessThan(1e-5);
  }

  @Test
  void truncate_thenOtherTokens_isAsIfTheForgottenHadNeverBeen() {
    try (KvCache cache = model.llm().newCache(4)) {
      forward(model, cache, 0, 30);
      cache.truncate(12);
      assertThat(cache.length()).isEqualTo(12);
      Tensor again = forward(model, cache, 12, LENGTH - 12);
      Tensor whole = logits(model, LENGTH).narrow(1, 12, LENGTH - 12);
      assertThat(relativeError(model.llm().logits(again), whole)).isLessThan(1e-5);
    }
  }

  @Test
  void truncate_toNothing_startsAnew() {
    try (KvCache cache = model.llm().newCache(4)) {
      forward(model, cache, 5, 7);
      cache.truncate(0);
      Tensor again = model.llm().logits(forward(model, cache, 0, LENGTH));
      assertThat(relativeError(again, logits(model, LENGTH))).isLessThan(1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1", "4"})
  void truncate_outOfRange_isRefused(int length) {
    try (KvCache cache = model.llm().newCache(4)) {
      forward(model, cache, 0, 3);
      assertThatThrownBy(() -> cache.truncate(length))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from 0 to 3");
    }
  }

  @Test
  void forward_failing_leavesTheCacheAsItWas() {
    try (KvCache cache = model.llm().newCache(4)) {
      forward(model, cache, 0, 3);
      Tensor tooNarrow = Tensors.zeros(DType.FLOAT32, Device.CPU, 1, 2, 8);
      assertThatThrownBy(() -> model.llm().forward(tooNarrow, cache))
          .isInstanceOf(RuntimeException.class);
      assertThat(cache.length()).isEqualTo(3);
      Tensor rest = model.llm().logits(forward(model, cache, 3, LENGTH - 3));
      assertThat(relativeError(rest, logits(model, LENGTH).narrow(1, 3, LENGTH - 3)))
          .isLessThan(1e-5);
    }
  }

  @Test
  void forward_closedCache_isRefused() {
    KvCache cache = model.llm().newCache(4);
    cache.close();
    assertThatThrownBy(() -> forward(model, cache, 0, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("this cache was closed");
  }

  @Test
  void close_afterUse_freesEverything() {
    long before = NativeMemory.liveObjects();
    try (TensorScope request = TensorScope.open();
        KvCache cache = model.llm().newCache(4)) {
      forward(model, cache, 0, LENGTH);
      forward(model, cache, 3, 1);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void forward_oneStep_leavesItsResultOnly() {
    try (KvCache cache = model.llm().newCache(LENGTH)) {
      forward(model, cache, 0, 9);
      Tensor next = model.llm().embed(ids(9, 1));
      long before = NativeMemory.liveObjects();
      Tensor hidden = model.llm().forward(next, cache);
      assertThat(NativeMemory.liveObjects()).isEqualTo(before + 1);
      assertThat(hidden.shape()).containsExactly(1, 1, 64);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16"})
  void forward_shortType_agreesRoughly(DType dtype) {
    try (InternVlModel shorter = new InternVlModel("qwen2", dtype)) {
      Tensor whole = logits(model, LENGTH);
      assertThat(relativeError(logits(shorter, LENGTH), whole)).isLessThan(0.03);
      assertThat(relativeError(logits(shorter, 20, 1, 1, 18), whole)).isLessThan(0.03);
    }
  }

  @Test
  void forward_twoThreadsOnOneModel_giveWhatOneGives() throws Exception {
    float[] whole = logits(model, 20, 20).toFloatArray();
    Callable<float[]> request =
        () -> {
          try (Inference mine = Inference.begin();
              TensorScope scope2 = TensorScope.open()) {
            return logits(model, 20, 20).toFloatArray();
          }
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<float[]> answer : threads.invokeAll(Collections.nCopies(6, request))) {
        assertThat(answer.get()).containsExactly(whole, within(1e-4f));
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Logits of tokens 0…n-1, given in chunks of these lengths: (1, n, V). */
  private static Tensor logits(InternVlModel model, int... chunks) {
    try (KvCache cache = model.llm().newCache(4)) {
      Tensor[] hidden = new Tensor[chunks.length];
      for (int i = 0; i < chunks.length; i++) {
        hidden[i] = forward(model, cache, (int) cache.length(), chunks[i]);
      }
      return model.llm().logits(Tensors.cat(1, hidden));
    }
  }

  private static Tensor forward(InternVlModel model, KvCache cache, int from, int count) {
    return model.llm().forward(model.llm().embed(ids(from, count)), cache);
  }

  /** Tokens that differ from each other. */
  private static Tensor ids(int from, int count) {
    return Tensors.of(
        IntStream.range(from, from + count).mapToLong(i -> (37L * i + 11) % 700).toArray(), count);
  }

  private static double relativeError(Tensor actual, Tensor expected) {
    Tensor difference = actual.to(DType.FLOAT32).sub(expected);
    return Math.sqrt(difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
  }
}
