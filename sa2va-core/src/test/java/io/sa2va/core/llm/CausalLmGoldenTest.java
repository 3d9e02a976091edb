package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.WeightStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each family's language model and the projector behind it, against the reference's outputs. */
class CausalLmGoldenTest {
  /** Float32 against float32: what summing in another order may cost. */
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "qwen2, image_segment, image_segment",
    "qwen2, image_two, image_segment",
    "qwen2, image_chat, image_segment",
    "qwen2, image_gcg, image_segment",
    "qwen2, video_segment, video_segment",
    "qwen2, text_only, image_segment",
    "qwen2-rms, image_segment, image_segment",
    "qwen2-rms, image_gcg, image_segment",
    "qwen2-rms, video_segment, video_segment",
    "qwen2-rms, text_only, image_segment",
    "qwen2-phi3chat, image_segment, image_segment",
    "qwen2-phi3chat, text_only, image_segment",
    "qwen2-v1, image_segment, image_segment",
    "qwen3, image_segment, image_segment",
    "qwen3, image_chat, image_segment",
    "qwen3, text_only, image_segment",
    "llama, image_segment, image_segment",
    "llama, image_chat, image_segment",
    "llama, text_only, image_segment",
    "phi3, image_segment, image_segment",
    "phi3, image_chat, image_segment",
    "phi3, text_only, image_segment",
    "phi3-longrope, image_segment, image_segment",
    "phi3-longrope, image_chat, image_segment",
    "phi3-longrope, text_only, image_segment",
    "internlm2, image_segment, image_segment",
    "internlm2, image_gcg, image_segment",
    "internlm2, video_segment, video_segment",
    "internlm2, text_only, image_segment",
  })
  void reply_isTheReferences(String family, String name, String features) {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel(family, DType.FLOAT32)) {
      Golden golden = model.golden();

      InternVlModel.Reply reply = model.reply(name, features);

      if (golden.has(name + ".prefill_last_hidden")) {
        golden.assertClose(reply.prefill().select(0, 0), name + ".prefill_last_hidden", TOLERANCE);
      }
      golden.assertClose(reply.firstLogits(), name + ".first_logits", TOLERANCE);
      assertThat(reply.ids())
          .containsExactlyElementsOf(InternVlModel.ids(golden.tensor(name + ".output_ids")));
      if (golden.has(name + ".seg_prompt")) {
        assertSegTokens(model, reply, name);
      }
    }
  }

  private static void assertSegTokens(InternVlModel model, InternVlModel.Reply reply, String name) {
    Tensor hidden = Tensors.cat(0, reply.segHidden()); // (objects, D)
    if (model.golden().has(name + ".seg_hidden")) {
      model.golden().assertClose(hidden, name + ".seg_hidden", TOLERANCE);
    }
    model.golden().assertClose(model.projector().forward(hidden), name + ".seg_prompt", TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms", "qwen2-v1", "qwen3", "llama", "phi3", "internlm2"})
  void load_wholeCheckpoint_leavesNoWeightUnused(String family) {
    try (InternVlModel model = new InternVlModel(family, DType.FLOAT32)) {
      model.requireAllUsed();
    }
  }

  /** What no fixture's own configuration asks for, on Phi-3's weights. */
  @ParameterizedTest
  @CsvSource({
    "sliding_window, 8, text_only_sliding",
    "partial_rotary_factor, 0.5, text_only_partial"
  })
  void forward_changedConfiguration_isTheReferences(String key, String value, String expected) {
    ObjectNode changed = ConfigFile.with(ConfigFile.of("phi3", "llm_config"), key, value);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        Golden golden = Golden.of("phi3");
        WeightStore store = golden.weights()) {
      CausalLm llm =
          LlmArchitecture.load(
              LlmConfig.of(ConfigFile.node(changed)), store.root().at("language_model"));
      Tensor embeddings = llm.embed(golden.tensor("text_only.input_ids"));
      try (KvCache cache = llm.newCache(8)) {
        Tensor whole = llm.forward(embeddings, cache).select(0, 0);
        golden.assertClose(whole, expected + ".prefill_last_hidden", TOLERANCE);
        cache.truncate(3);
        List<Tensor> rows = new ArrayList<>(List.of(whole.narrow(0, 0, 3)));
        rows.add(llm.forward(embeddings.narrow(1, 3, 9), cache).select(0, 0));
        for (int i = 12; i < embeddings.size(1); i++) {
          rows.add(llm.forward(embeddings.narrow(1, i, 1), cache).select(0, 0));
        }
        golden.assertClose(Tensors.cat(0, rows), expected + ".prefill_last_hidden", TOLERANCE);
      }
    }
  }
}
