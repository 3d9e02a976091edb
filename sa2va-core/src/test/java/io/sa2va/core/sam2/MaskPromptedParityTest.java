package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.testing.Masks;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sa2VA-i's way through a video, against what its reference computed in float32. */
class MaskPromptedParityTest {
  private static final int KEY_FRAMES = 5;
  private static final double CLOSE = 1e-5;
  private static final double FLOAT16 = 1e-3;

  static List<Path> fixtures() {
    return Sam2Fixture.maskPromptedFolders();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void decode_keyFrames_matchesTheLanguageDecoder(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      assertThat(fixture.sam2().hasLanguageDecoder()).isTrue();
      Tensor prompt = output(fixture, "seg_prompt");
      Tensor masks = output(fixture, "mask_logits").select(0, 0); // (frames, 1, s, s)
      List<Integer> frames = keyFrames(fixture.frames());
      for (int i = 0; i < frames.size(); i++) {
        FrameFeatures features = fixture.sam2().encode(fixture.frame(frames.get(i)));
        assertClose(
            features.languageDetails().fine(), output(fixture, "sam_fpn0").narrow(0, i, 1), CLOSE);
        assertClose(
            features.languageDetails().middle(),
            output(fixture, "sam_fpn1").narrow(0, i, 1),
            CLOSE);
        assertClose(features.top(), output(fixture, "sam_fpn2").narrow(0, i, 1), CLOSE);
        assertClose(
            fixture.sam2().decode(features, prompt).masks(), masks.narrow(0, i, 1), FLOAT16);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void track_goldenPrompt_matchesEveryPixel(Path folder) {
    try (Sam2Fixture fixture = Sam2Fixture.at(folder);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      int[] size = fixture.frameSize();
      Tensor expected = output(fixture, "mask_bits").select(0, 0); // (T, H, ceil(W/8))
      List<Integer> keyFrames = keyFrames(fixture.frames());
      Tensor prompt = output(fixture, "seg_prompt");
      try (VideoTracker video = fixture.sam2().openMaskPrompted(prompt, size[1], size[0])) {
        for (int frame : keyFrames) {
          Tensor masks = video.addKeyFrame(frame, encode(fixture, frame)).masks();
          assertPixels(fixture, masks, expected, frame);
        }
        for (int frame = 0; frame < fixture.frames(); frame++) {
          if (!keyFrames.contains(frame)) {
            Tensor masks = video.track(frame, encode(fixture, frame)).masks();
            assertPixels(fixture, masks, expected, frame);
          }
        }
      }
    }
  }

  /** Evenly from the first to the last. */
  private static List<Integer> keyFrames(int frames) {
    return IntStream.range(0, KEY_FRAMES)
        .mapToObj(i -> (frames - 1) * i / (KEY_FRAMES - 1))
        .distinct()
        .toList();
  }

  private static FrameFeatures encode(Sam2Fixture fixture, int frame) {
    return fixture.sam2().encode(fixture.frame(frame));
  }

  private static void assertPixels(Sam2Fixture fixture, Tensor masks, Tensor expected, int frame) {
    int[] size = fixture.frameSize();
    Tensor logits = fixture.sam2().atPictureSize(masks, size[1], size[0]);
    assertThat(Masks.wrongPixels(logits, expected.select(0, frame)))
        .as("wrong pixels of frame %d", frame)
        .isZero();
  }

  private static Tensor output(Sam2Fixture fixture, String name) {
    return fixture.golden().tensor("video_segment." + name);
  }

  private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
    assertThat(actual.shape()).containsExactly(expected.shape());
    assertThat(Masks.relativeError(actual, expected)).isLessThan(tolerance);
  }
}
