package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @CsvSource({"qwen2", "qwen2-rms"})
  void load_wholeCheckpoint_leavesNoWeightUnused(String family) {
    try (InternVlModel model = new InternVlModel(family, DType.FLOAT32)) {
      model.requireAllUsed();
    }
  }
}
