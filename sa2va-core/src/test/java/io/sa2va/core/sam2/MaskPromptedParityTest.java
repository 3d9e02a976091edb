package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sa2VA-i's way through a video, against what its reference computed in float32. */
class MaskPromptedParityTest {
  private static final List<Integer> KEY_FRAMES = List.of(0, 3, 6, 9, 13);
  private static final int FRAMES = 14;
  private static final int HEIGHT = 120;
  private static final int WIDTH = 181;
  private static final double FLOAT16 = 1e-3;

  private static Sam2Fixture fixture;

  private Inference mode;
  private TensorScope scope;

  @BeforeAll
  static void load() {
    fixture = Sam2Fixture.of("sa2va-i");
  }

  @AfterAll
  static void unload() {
    fixture.close();
  }

  @BeforeEach
  void begin() {
    mode = Inference.begin();
    scope = TensorScope.open();
  }

  @AfterEach
  void end() {
    scope.close();
    mode.close();
  }

  @Test
  void encode_keyFrames_matchesPyramidOfLanguageDecoder() {
    Golden golden = fixture.golden();
    assertThat(fixture.sam2().hasLanguageDecoder()).isTrue();
    for (int i = 0; i < KEY_FRAMES.size(); i++) {
      FrameFeatures features = fixture.sam2().encode(fixture.frame(KEY_FRAMES.get(i)));
      assertClose(features.languageDetails().fine(), row("sam_fpn0", i), 1e-5);
      assertClose(features.languageDetails().middle(), row("sam_fpn1", i), 1e-5);
      assertClose(features.top(), row("sam_fpn2", i), 1e-5);
      assertClose(
          fixture.sam2().decode(features, golden.tensor("video_segment.seg_prompt")).masks(),
          golden.tensor("video_segment.mask_logits").select(0, 0).narrow(0, i, 1),
          FLOAT16);
    }
  }

  @Test
  void track_goldenPrompt_matchesMasksOfEveryFrame() {
    Tensor expected = fixture.golden().tensor("video_segment.mask_bits"); // (1, T, H, ceil(W/8))
    List<byte[]> masks = follow();
    int wrong = 0;
    for (int frame = 0; frame < FRAMES; frame++) {
      byte[] bits = expected.select(0, 0).select(0, frame).toByteArray();
      wrong += differences(masks.get(frame), bits);
    }
    assertThat(wrong).as("pixels of %d frames that differ", FRAMES).isZero();
  }

  private List<byte[]> follow() {
    List<byte[]> masks = new ArrayList<>();
    for (int frame = 0; frame < FRAMES; frame++) {
      masks.add(new byte[0]);
    }
    Tensor prompt = fixture.golden().tensor("video_segment.seg_prompt");
    try (VideoTracker video = fixture.sam2().openMaskPrompted(prompt, HEIGHT, WIDTH)) {
      for (int frame : KEY_FRAMES) {
        FrameFeatures features = fixture.sam2().encode(fixture.frame(frame));
        masks.set(frame, mask(video.addKeyFrame(frame, features).masks()));
      }
      for (int frame = 0; frame < FRAMES; frame++) {
        if (!KEY_FRAMES.contains(frame)) {
          FrameFeatures features = fixture.sam2().encode(fixture.frame(frame));
          masks.set(frame, mask(video.track(frame, features).masks()));
        }
      }
    }
    return masks;
  }

  private static byte[] mask(Tensor logits) {
    return fixture.sam2().atPictureSize(logits, HEIGHT, WIDTH).gt(0).toByteArray();
  }

  /** Pixels in which a mask differs from rows of packed bits. */
  private static int differences(byte[] mask, byte[] bits) {
    int rowBytes = (WIDTH + 7) / 8;
    int count = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int expected = bits[y * rowBytes + x / 8] >> (7 - x % 8) & 1;
        count += mask[y * WIDTH + x] == expected ? 0 : 1;
      }
    }
    return count;
  }

  private static Tensor row(String name, int index) {
    return fixture.golden().tensor("video_segment." + name).narrow(0, index, 1);
  }

  private static void assertClose(Tensor actual, Tensor recorded, double tolerance) {
    Tensor expected = recorded.to(DType.FLOAT32);
    assertThat(actual.shape()).containsExactly(expected.shape());
    Tensor difference = actual.sub(expected);
    double error =
        Math.sqrt(difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
    assertThat(error).isLessThan(tolerance);
  }
}
