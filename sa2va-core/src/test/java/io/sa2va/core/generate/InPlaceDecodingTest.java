package io.sa2va.core.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.GenerationOptions;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.WorkCount;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies by steps in place, the GPU's way, against those by a cache that grows, the CPU's. */
class InPlaceDecodingTest {
  private static final StopRules NEVER = new StopRules(OptionalInt.empty(), List.of(), List.of());

  private Inference inference;
  private TensorScope scope;
  private InternVlModel model;
  private Tokenizer tokenizer;
  private long[] prompt;

  @BeforeEach
  void open() {
    inference = Inference.begin();
    scope = TensorScope.open();
    model = new InternVlModel("qwen2", DType.FLOAT32);
    tokenizer = TokenizerReader.read(model.golden().checkpoint());
    prompt = model.golden().tensor("text_only.input_ids").toLongArray();
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
    inference.close();
  }

  @Test
  void run_greedy_givesTheSameTokensAndStates() {
    requireSame(options -> options.maxNewTokens(90));
  }

  @Test
  void run_sampled_givesTheSameTokensAndStates() {
    requireSame(options -> options.maxNewTokens(40).temperature(0.8).topK(50).seed(7));
  }

  @Test
  void run_repetitionPenalty_givesTheSameTokensAndStates() {
    requireSame(options -> options.maxNewTokens(40).repetitionPenalty(1.3));
  }

  @Test
  void run_stoppedByAToken_leavesTheCacheWithoutIt() {
    try (KvCache cache = model.llm().newCache(4)) {
      List<Integer> tokens = reply(InPlaceDecoding::begin, cache, 9, NEVER).tokens();
      cache.truncate(0);
      int last = tokens.get(8);
      StopRules atTheNinth = new StopRules(OptionalInt.of(last), List.of(), List.of());
      Reply reply = reply(InPlaceDecoding::begin, cache, 99, atTheNinth);
      int count = tokens.indexOf(last) + 1;
      assertThat(reply.tokens()).isEqualTo(tokens.subList(0, count));
      assertThat(cache.length()).isEqualTo(prompt.length + count - 1);
    }
  }

  /** One wait, which is for the id, and nothing that a GPU would need copied to it. */
  @Test
  void run_oneTokenMore_waitsOnceAndCopiesNothing() {
    try (KvCache cache = model.llm().newCache(256)) {
      WorkCount first = count(cache, 10);
      WorkCount more = count(cache, 11).since(first);
      assertThat(more.waits()).isEqualTo(1);
      assertThat(more.uploads()).isZero();
      assertThat(more.moves()).isZero();
      assertThat(more.bytesOut()).isEqualTo(Long.BYTES);
    }
  }

  @Test
  void begin_libraryMissing_freesTheStep() {
    Sampler broken =
        new Sampler() {
          @Override
          public int next(Tensor logits) {
            throw new AssertionError("no token is asked for");
          }

          @Override
          public boolean isGreedy() {
            throw new NoClassDefFoundError("on purpose");
          }
        };
    long before = NativeMemory.liveObjects();
    try (TensorScope request = TensorScope.open();
        KvCache cache = model.llm().newCache(4)) {
      Tensor hidden =
          model.llm().forward(model.llm().embed(Tensors.of(prompt, prompt.length)), cache);
      assertThatThrownBy(() -> InPlaceDecoding.begin(model.llm(), cache, hidden, broken))
          .isInstanceOf(NoClassDefFoundError.class);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private WorkCount count(KvCache cache, int tokens) {
    cache.truncate(0);
    WorkCount before = WorkCount.now();
    reply(InPlaceDecoding::begin, cache, tokens, NEVER);
    return WorkCount.now().since(before);
  }

  private Reply reply(Decoding.Kind kind, KvCache cache, int tokens, StopRules stop) {
    return reply(kind, cache, GenerationOptions.builder().maxNewTokens(tokens).build(), stop, -1);
  }

  private void requireSame(UnaryOperator<GenerationOptions.Builder> how) {
    GenerationOptions options = how.apply(GenerationOptions.builder()).build();
    try (KvCache growing = model.llm().newCache(4);
        KvCache inPlace = model.llm().newCache(4)) {
      List<Integer> tokens = reply(GrowingDecoding::new, growing, options, NEVER, -1).tokens();
      growing.truncate(0);
      int seg = tokens.get(2);
      Reply expected = reply(GrowingDecoding::new, growing, options, NEVER, seg);
      Reply actual = reply(InPlaceDecoding::begin, inPlace, options, NEVER, seg);
      assertThat(actual.tokens()).isEqualTo(expected.tokens());
      assertThat(actual.segHidden()).isNotEmpty().hasSameSizeAs(expected.segHidden());
      for (int i = 0; i < actual.segHidden().size(); i++) {
        Tensor difference = actual.segHidden().get(i).sub(expected.segHidden().get(i));
        assertThat(difference.abs().amax(false, 0, 1).item()).isLessThan(1e-4);
      }
      assertThat(inPlace.length()).isEqualTo(growing.length());
    }
  }

  private Reply reply(
      Decoding.Kind kind, KvCache cache, GenerationOptions options, StopRules stop, int seg) {
    Tensor hidden =
        model.llm().forward(model.llm().embed(Tensors.of(prompt, prompt.length)), cache);
    return new TokenLoop(model.llm(), tokenizer, seg, kind)
        .run(hidden, cache, options, stop, new Cancellation(), piece -> {});
  }
}
