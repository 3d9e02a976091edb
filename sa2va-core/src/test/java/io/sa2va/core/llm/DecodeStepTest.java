package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.core.testing.QwenVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Replay;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.WorkCount;
import io.sa2va.torch.weights.WeightStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps in place against the same tokens through a cache that grows. */
class DecodeStepTest {
  private static final int PROMPT = 11;
  private static final int TOKENS = 70; // More than a cache that is made for 4 has room for.

  private Inference inference;
  private TensorScope scope;

  @BeforeEach
  void open() {
    inference = Inference.begin();
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    inference.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen3", "llama", "phi3", "phi3-longrope", "internlm2"})
  void run_everyFamily_givesWhatTheGrowingCacheGives(String family) {
    try (InternVlModel model = new InternVlModel(family, DType.FLOAT32)) {
      requireSame(model.llm());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2_5vl", "qwen3vl"})
  void run_placesOnSeveralAxes_givesWhatTheGrowingCacheGives(String family) {
    try (QwenVlModel model = new QwenVlModel(family, DType.FLOAT32)) {
      requireSame(model.llm());
    }
  }

  @ParameterizedTest
  @CsvSource({"sliding_window, 8", "partial_rotary_factor, 0.5"})
  void run_changedConfiguration_givesWhatTheGrowingCacheGives(String key, String value) {
    ObjectNode changed = ConfigFile.with(ConfigFile.of("phi3", "llm_config"), key, value);
    try (Golden golden = Golden.of("phi3");
        WeightStore store = golden.weights()) {
      requireSame(
          LlmArchitecture.load(
              LlmConfig.of(ConfigFile.node(changed)), store.root().at("language_model")));
    }
  }

  @Test
  void run_positionsThatStretch_givesWhatTheGrowingCacheGives() {
    ObjectNode dynamic = ConfigFile.of("qwen2", "llm_config");
    dynamic.put("max_position_embeddings", 32);
    dynamic.putObject("rope_scaling").put("type", "dynamic").put("factor", 2.0);
    try (Golden golden = Golden.of("qwen2");
        WeightStore store = golden.weights()) {
      requireSame(
          LlmArchitecture.load(
              LlmConfig.of(ConfigFile.node(dynamic)), store.root().at("language_model")));
    }
  }

  @Test
  void run_notAccepted_isAsIfItHadNeverBeen() {
    try (InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32);
        KvCache cache = model.llm().newCache(4)) {
      Tensor prompt = prompt(model.llm(), cache);
      try (DecodeStep step = model.llm().openStep(cache)) {
        step.begin(last(prompt));
        step.run();
      }
      assertThat(cache.length()).isEqualTo(PROMPT);
      Tensor after = word(model.llm(), cache, 3);
      cache.truncate(0);
      prompt(model.llm(), cache);
      assertClose(after, word(model.llm(), cache, 3));
    }
  }

  @Test
  void run_oneToken_neitherCopiesNorWaits() {
    try (InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32);
        KvCache cache = model.llm().newCache(256)) {
      Tensor prompt = prompt(model.llm(), cache);
      try (DecodeStep step = model.llm().openStep(cache)) {
        step.begin(last(prompt));
        step.run();
        step.accept();
        WorkCount before = WorkCount.now();
        step.run();
        WorkCount count = WorkCount.now().since(before);
        assertThat(List.of(count.uploads(), count.waits(), count.moves())).containsOnly(0L);
      }
    }
  }

  @Test
  void run_moreThanTheCacheHolds_opensAnotherReplayForTheLargerOne() {
    List<String> replays = new ArrayList<>();
    try (InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32);
        KvCache cache = model.llm().newCache(128)) {
      Tensor prompt = prompt(model.llm(), cache);
      try (DecodeStep step =
          ((TransformerLm) model.llm())
              .openStep(cache, (device, work) -> new Logged(replays, Replay.of(device, work)))) {
        step.begin(last(prompt));
        for (int i = PROMPT; i < 129; i++) {
          step.run();
          step.accept();
        }
      }
    }
    assertThat(replays).containsExactly("opened", "closed", "opened", "closed");
  }

  private record Logged(List<String> log, Replay replay) implements Replay {
    Logged {
      log.add("opened");
    }

    @Override
    public void run() {
      replay.run();
    }

    @Override
    public void close() {
      log.add("closed");
      replay.close();
    }
  }

  @Test
  void close_afterSteps_freesEverything() {
    try (InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32)) {
      long before = NativeMemory.liveObjects();
      try (TensorScope request = TensorScope.open();
          KvCache cache = model.llm().newCache(4)) {
        Tensor prompt = prompt(model.llm(), cache);
        try (DecodeStep step = model.llm().openStep(cache)) {
          step.begin(last(prompt));
          step.run();
          step.accept();
          step.run();
        }
      }
      assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    }
  }

  @Test
  void close_replayThatCannotBeFreed_freesTheRest() {
    try (InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32)) {
      long before = NativeMemory.liveObjects();
      try (TensorScope request = TensorScope.open();
          KvCache cache = model.llm().newCache(4)) {
        Tensor prompt = prompt(model.llm(), cache);
        DecodeStep step =
            ((TransformerLm) model.llm()).openStep(cache, (device, work) -> new Stuck(work));
        step.begin(last(prompt));
        step.run();
        assertThatThrownBy(step::close).hasMessage("on purpose");
      }
      assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    }
  }

  private record Stuck(Runnable work) implements Replay {
    @Override
    public void run() {
      work.run();
    }

    @Override
    public void close() {
      throw new IllegalStateException("on purpose");
    }
  }

  private static void requireSame(CausalLm model) {
    try (KvCache growing = model.newCache(4);
        KvCache inPlace = model.newCache(4)) {
      Tensor hidden = last(prompt(model, growing));
      Tensor prompt = prompt(model, inPlace);
      try (DecodeStep step = model.openStep(inPlace)) {
        step.begin(last(prompt));
        for (int i = 0; i < TOKENS; i++) {
          long token = model.logits(hidden).argmax(-1).itemLong();
          assertThat(step.token().itemLong()).isEqualTo(token);
          step.run();
          step.accept();
          hidden = word(model, growing, token);
          assertClose(step.hidden(), hidden);
        }
      }
      assertThat(inPlace.length()).isEqualTo(growing.length());
      assertClose(word(model, inPlace, 5), word(model, growing, 5));
    }
  }

  private static Tensor prompt(CausalLm model, KvCache cache) {
    long[] ids = new long[PROMPT];
    for (int i = 0; i < PROMPT; i++) {
      ids[i] = (37L * i + 11) % 500;
    }
    return model.forward(model.embed(Tensors.of(ids, PROMPT)), cache); // (1, T, D)
  }

  private static Tensor last(Tensor hidden) {
    return hidden.narrow(1, hidden.size(1) - 1, 1);
  }

  private static Tensor word(CausalLm model, KvCache cache, long token) {
    return model.forward(model.embed(Tensors.of(new long[] {token}, 1)), cache); // (1, 1, D)
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    double error = actual.sub(expected).abs().amax(false, 0, 1, 2).item();
    assertThat(error).isLessThan(1e-4 * (1 + expected.abs().amax(false, 0, 1, 2).item()));
  }
}
