package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SAM2 against what the reference computed in float32, stage by stage. */
class Sam2ParityTest {
  private static final int KEY_FRAMES = 5;
  private static final double CLOSE = 1e-5;

  /** The reference's video masks were recorded in float16. */
  private static final double FLOAT16 = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms"})
  void encode_goldenPicture_matchesPyramid(String family) {
    try (Sam2Fixture fixture = Sam2Fixture.of(family);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Golden golden = fixture.golden();
      FrameFeatures features = fixture.sam2().encode(golden.tensor("image_segment.sam_input"));
      golden.assertClose(features.details().fine(), "image_segment.sam_fpn0", CLOSE);
      golden.assertClose(features.details().middle(), "image_segment.sam_fpn1", CLOSE);
      golden.assertClose(features.top(), "image_segment.sam_fpn2", CLOSE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2, image_segment", "qwen2, image_two", "qwen2, image_gcg",
    "qwen2-rms, image_segment", "qwen2-rms, image_two", "qwen2-rms, image_gcg"
  })
  void decode_goldenFeaturesAndPrompts_matchesMasks(String family, String name) {
    try (Sam2Fixture fixture = Sam2Fixture.of(family);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Golden golden = fixture.golden();
      Prediction prediction =
          fixture
              .sam2()
              .decode(fixture.features("image_segment"), golden.tensor(name + ".seg_prompt"));
      double tolerance = name.equals("image_segment") ? CLOSE : FLOAT16;
      golden.assertClose(
          square(fixture, prediction.masks()).unsqueeze(1), name + ".mask_logits", tolerance);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms"})
  void videoTracker_goldenPrompt_matchesMasksOfEveryFrame(String family) {
    try (Sam2Fixture fixture = Sam2Fixture.of(family);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Golden golden = fixture.golden();
      List<Tensor> masks = new ArrayList<>();
      try (VideoTracker video = fixture.sam2().open(golden.tensor("video_segment.seg_prompt"))) {
        for (int frame = 0; frame < fixture.frames(); frame++) {
          FrameFeatures features = fixture.sam2().encode(fixture.frame(frame));
          Prediction prediction =
              frame < KEY_FRAMES
                  ? video.addKeyFrame(frame, features)
                  : video.track(frame, features);
          masks.add(prediction.masks());
        }
      }
      Tensor expected = golden.tensor("video_segment.mask_logits");
      assertThat(expected.size(1)).isEqualTo(masks.size());
      for (int frame = 0; frame < masks.size(); frame++) {
        Tensor actual = square(fixture, masks.get(frame)); // (N, 1, S, S)
        assertThat(relativeError(actual, expected.select(1, frame)))
            .as("mask logits of frame %d", frame)
            .isLessThan(FLOAT16);
      }
    }
  }

  private static Tensor square(Sam2Fixture fixture, Tensor masks) {
    int side = fixture.sam2().imageSize();
    return Functional.resizeBilinear(masks, side, side);
  }

  private static double relativeError(Tensor actual, Tensor expected) {
    Tensor exact = expected.to(DType.FLOAT32);
    Tensor difference = actual.sub(exact);
    double error =
        Math.sqrt(difference.mul(difference).sum().item() / exact.mul(exact).sum().item());
    System.out.println(error);
    return error;
  }
}
