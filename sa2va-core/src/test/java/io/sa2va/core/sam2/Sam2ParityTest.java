package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.Masks;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SAM2 against what the reference computed in float32, stage by stage. Each stage starts from the
 * reference's own input, so the first test that fails names the stage that is wrong.
 */
class Sam2ParityTest {
  private static final int KEY_FRAMES = 5;
  private static final double CLOSE = 1e-5;

  /** For masks that were recorded in float16. */
  private static final double FLOAT16 = 1e-3;

  static List<Path> fixtures() {
    return Sam2Fixture.folders();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void picture_prepared_isTheReferences(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        TensorScope scope = TensorScope.open()) {
      assertThat(fixture.image().toFloatArray())
          .containsExactly(fixture.golden().tensor("image_segment.sam_input").toFloatArray());
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void encode_goldenPicture_matchesPyramid(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
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
  @MethodSource("fixtures")
  void decode_goldenFeaturesAndPrompts_matchesMasks(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      FrameFeatures features = fixture.features("image_segment");
      assertMasks(fixture, features, "image_segment", CLOSE);
      assertMasks(fixture, features, "image_two", FLOAT16);
      assertMasks(fixture, features, "image_gcg", FLOAT16);
    }
  }

  private static void assertMasks(
      Sam2Fixture fixture, FrameFeatures features, String name, double tolerance) {
    Tensor prompts = fixture.golden().tensor(name + ".seg_prompt"); // (N, C)
    Tensor masks = fixture.sam2().decode(features, prompts).masks();
    fixture
        .golden()
        .assertClose(square(fixture, masks).unsqueeze(1), name + ".mask_logits", tolerance);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void videoTracker_goldenPrompt_matchesMasksOfEveryFrame(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      List<Tensor> masks = new ArrayList<>();
      try (VideoTracker video =
          fixture.sam2().open(fixture.golden().tensor("video_segment.seg_prompt"))) {
        for (int frame = 0; frame < fixture.frames(); frame++) {
          FrameFeatures features = fixture.sam2().encode(fixture.frame(frame));
          Prediction prediction =
              frame < KEY_FRAMES
                  ? video.addKeyFrame(frame, features)
                  : video.track(frame, features);
          masks.add(prediction.masks());
        }
      }
      assertFrames(fixture, masks, fixture.golden().tensor("video_segment.mask_logits"));
    }
  }

  private static void assertFrames(Sam2Fixture fixture, List<Tensor> masks, Tensor expected) {
    assertThat(expected.size(1)).isEqualTo(masks.size());
    for (int frame = 0; frame < masks.size(); frame++) {
      assertThat(Masks.relativeError(square(fixture, masks.get(frame)), expected.select(1, frame)))
          .as("mask logits of frame %d", frame)
          .isLessThan(FLOAT16);
    }
  }

  /** (N, 1, S, S): the size at which the reference's masks were recorded. */
  private static Tensor square(Sam2Fixture fixture, Tensor masks) {
    int side = fixture.sam2().imageSize();
    return Functional.resizeBilinear(masks, side, side);
  }
}
