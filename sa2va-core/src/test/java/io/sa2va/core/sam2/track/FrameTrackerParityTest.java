package io.sa2va.core.sam2.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.core.sam2.decoder.MaskDecoder;
import io.sa2va.core.sam2.memory.MemoryEncoder;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading and writing the memory against what the reference recorded call by call. */
class FrameTrackerParityTest {
  private static final int KEY_FRAMES = 5;
  private static final double CLOSE = 1e-5;

  /** Where the smallest difference may round a remembered value to the other side in bfloat16. */
  private static final double AFTER_ROUNDING = 1e-4;

  /** For features that were rounded to bfloat16, as the bank keeps them. */
  private static final double BFLOAT16 = 3e-3;

  static List<Path> fixtures() {
    return Sam2Fixture.folders();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void memoryEncoder_goldenFeaturesAndMasks_matchesMemory(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Golden golden = fixture.golden();
      Sam2Config config = fixture.config();
      MemoryEncoder encoder =
          new MemoryEncoder(
              config.memory(), fixture.weights().at("memory_encoder"), config.hiddenDim());
      Tensor logits =
          golden.tensor("image_segment.mask_logits").select(0, 0); // (1, 1, S, S), float32
      Tensor memory =
          encoder.forward(
              golden.tensor("image_segment.sam_fpn2"), logits.sigmoid().mul(20).add(-10));
      golden.assertClose(memory, "image_segment.memory_features.0", CLOSE);
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void track_goldenPrompt_matchesConditionedFeaturesAndMemoryOfEveryCall(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Golden golden = fixture.golden();
      Parts parts = new Parts(fixture);
      try (MemoryBank bank = parts.bank()) {
        for (int frame = 0; frame < fixture.frames(); frame++) {
          FrameFeatures features = fixture.sam2().encode(fixture.frame(frame));
          boolean key = frame < KEY_FRAMES;
          Tensor conditioned =
              key
                  ? parts.conditioned.withoutMemory(features)
                  : parts.conditioned.forward(features, frame, bank, Direction.FORWARD);
          golden.assertClose(
              conditioned,
              "video_segment.conditioned.%d.frame%d".formatted(frame, frame),
              key ? CLOSE : AFTER_ROUNDING);
          FrameMemory memory =
              parts.writer.write(features, parts.predict(golden, conditioned, features, key));
          assertMemory(golden, memory, frame);
          if (key) {
            bank.addConditioning(frame, memory);
          } else {
            bank.addTracked(frame, memory);
          }
        }
      }
    }
  }

  private static void assertMemory(Golden golden, FrameMemory memory, int call) {
    String name = "video_segment.memory_features." + call;
    long[] grid = golden.tensor(name).shape(); // (1, m, h, w)
    assertThat(memory.features().dtype()).isEqualTo(DType.BFLOAT16);
    golden.assertClose(memory.features().transpose(1, 2).reshape(grid), name, BFLOAT16);
  }

  /** The steps of a {@link FrameTracker}, one by one. */
  private static final class Parts {
    private final Sam2Config config;
    private final PromptEncoder prompts;
    private final SamHeads heads;
    private final ConditionedFeatures conditioned;
    private final MemoryWriter writer;

    Parts(Sam2Fixture fixture) {
      this.config = fixture.config();
      Weights weights = fixture.weights();
      int width = config.hiddenDim();
      int side = config.featureSide();
      this.prompts =
          new PromptEncoder(weights.at("sam_prompt_encoder"), width, config.imageSize(), side);
      MaskDecoder decoder = new MaskDecoder(weights.at("sam_mask_decoder"), width);
      ObjectPointer pointer = new ObjectPointer(weights, width);
      this.heads = new SamHeads(decoder, prompts.densePosition(), pointer, Absence.KEEPS_MASK);
      this.conditioned = new ConditionedFeatures(config.memory(), weights, width, side);
      this.writer =
          new MemoryWriter(
              new MemoryEncoder(config.memory(), weights.at("memory_encoder"), width),
              weights,
              config.memory().width(),
              config.imageSize());
    }

    MemoryBank bank() {
      return conditioned.openBank(MemoryBank.Reading.FORWARD, Integer.MAX_VALUE);
    }

    Prediction predict(Golden golden, Tensor picture, FrameFeatures features, boolean key) {
      return heads.best(
          picture,
          features.details(),
          key
              ? prompts.nothing(1).withLanguage(golden.tensor("video_segment.seg_prompt"))
              : prompts.nothing(1));
    }
  }
}
