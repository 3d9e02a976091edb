package io.sa2va.core.family.qwenvl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.qwenvit.Qwen25VitConfig;
import io.sa2va.core.encode.qwenvit.Qwen3VitConfig;
import io.sa2va.core.encode.qwenvit.QwenVitConfig;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.QwenPatches;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.QwenVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.WeightStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each stage of both families, from the picture to the [SEG] prompts, against the reference. */
class QwenVlParityTest {
  /** Float32 against float32: what summing in another order may cost. */
  private static final double TOLERANCE = 1e-5;

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
  @ValueSource(strings = {"qwen2_5vl", "qwen3vl"})
  void patches_ofThePicture_areTheReferencesBitForBit(String fixture) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32)) {
      QwenPatches patches =
          ImageProcessor.read(
                  model.golden().checkpoint(),
                  ConfigFile.node(ConfigFile.of(fixture, "")),
                  vitConfig(fixture))
              .patches(model.picture());
      Golden golden = model.golden();
      assertThat(patches.gridThw())
          .isEqualTo(golden.tensor("image_segment.image_grid_thw").toLongArray());
      assertThat(patches.values())
          .isEqualTo(golden.tensor("image_segment.pixel_values").toFloatArray());
    }
  }

  private static QwenVitConfig vitConfig(String fixture) {
    ConfigNode vision = ConfigFile.node(ConfigFile.of(fixture, "vision_config"));
    return fixture.equals("qwen3vl")
        ? Qwen3VitConfig.of(vision, 64).common()
        : Qwen25VitConfig.of(vision, 64).common();
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2_5vl, image_segment",
    "qwen2_5vl, video_segment",
    "qwen3vl, image_segment",
    "qwen3vl, video_segment",
  })
  void features_ofWhatTheCaseShows_areTheReferences(String fixture, String name) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32)) {
      Golden golden = model.golden();

      VisionPrompt vision = model.look(name).orElseThrow();

      golden.assertClose(vision.features(), name + ".vit_embeds", TOLERANCE);
      assertThat(golden.has(name + ".deepstack" + vision.deepstack().size())).isFalse();
      for (int i = 0; i < vision.deepstack().size(); i++) {
        golden.assertClose(vision.deepstack().get(i), name + ".deepstack" + i, TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2_5vl, image_segment",
    "qwen2_5vl, image_two",
    "qwen2_5vl, image_chat",
    "qwen2_5vl, video_segment",
    "qwen2_5vl, text_only",
    "qwen3vl, image_segment",
    "qwen3vl, image_two",
    "qwen3vl, image_chat",
    "qwen3vl, video_segment",
    "qwen3vl, text_only",
  })
  void reply_isTheReferences(String fixture, String name) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32)) {
      Golden golden = model.golden();
      Optional<VisionPrompt> vision = model.look(name);
      int[] prompt = model.firstTurn(model.text(name), vision);
      LmInput input = model.family().splice(prompt, vision);
      assertPrompt(model, name, prompt, input);

      QwenVlModel.Reply reply = model.reply(input, golden.tensor(name + ".output_ids").numel());

      if (golden.has(name + ".prefill_last_hidden")) {
        golden.assertClose(reply.prefill().select(0, 0), name + ".prefill_last_hidden", TOLERANCE);
      }
      golden.assertClose(headOf(model, reply), name + ".first_logits", TOLERANCE);
      assertThat(reply.ids()).isEqualTo(model.ids(name + ".output_ids"));
      if (golden.has(name + ".seg_prompt")) {
        assertSegTokens(model, reply, name);
      }
    }
  }

  /**
   * The head alone, over the hidden state of the last token: so the fixture's first logits were
   * recorded, which for Qwen3-VL, whose states are not normalised, are not those that choose.
   */
  private static Tensor headOf(QwenVlModel model, QwenVlModel.Reply reply) {
    Tensor last = reply.prefill().select(1, reply.prefill().size(1) - 1); // (1, D)
    try (WeightStore weights = model.golden().weights()) {
      Tensor head =
          weights.root().at("model.lm_head").get("weight", model.llm().vocabSize(), last.size(1));
      return last.matmul(head.transpose(0, 1)).select(0, 0); // (V)
    }
  }

  private static void assertPrompt(QwenVlModel model, String name, int[] prompt, LmInput input) {
    List<Long> ids = Arrays.stream(prompt).asLongStream().boxed().toList();
    assertThat(ids).isEqualTo(model.ids(name + ".input_ids"));
    if (model.golden().has(name + ".position_ids")) {
      for (int axis = 0; axis < 3; axis++) {
        assertThat(input.positions().axis(axis))
            .as("axis %d", axis)
            .isEqualTo(model.golden().tensor(name + ".position_ids").select(0, axis).toLongArray());
      }
    }
  }

  private static void assertSegTokens(QwenVlModel model, QwenVlModel.Reply reply, String name) {
    Tensor hidden = Tensors.cat(0, reply.segHidden()); // (objects, D)
    if (model.golden().has(name + ".seg_hidden")) {
      model.golden().assertClose(hidden, name + ".seg_hidden", TOLERANCE);
    }
    model.golden().assertClose(model.projector().forward(hidden), name + ".seg_prompt", TOLERANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2_5vl", "qwen3vl"})
  void features_bfloat16_agreeRoughly(String fixture) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.BFLOAT16)) {
      VisionPrompt vision = model.look("image_segment").orElseThrow();
      assertThat(vision.features().dtype()).isEqualTo(DType.BFLOAT16);
      model.golden().assertClose(vision.features(), "image_segment.vit_embeds", 0.03);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2_5vl", "qwen3vl"})
  void load_wholeCheckpoint_leavesNoWeightUnused(String fixture) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32)) {
      model.requireAllUsed();
    }
  }
}
