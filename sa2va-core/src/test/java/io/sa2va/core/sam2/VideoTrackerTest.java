package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.Inference;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoTrackerTest {
  private static final int KEY_FRAMES = 2;
  private static Sam2Fixture fixture;

  private Inference mode;
  private long liveBefore;

  @BeforeAll
  static void load() {
    fixture = Sam2Fixture.of("qwen2");
  }

  @AfterAll
  static void unload() {
    fixture.close();
  }

  @BeforeEach
  void begin() {
    liveBefore = NativeMemory.liveObjects();
    mode = Inference.begin();
  }

  @AfterEach
  void end() {
    mode.close();
    assertThat(NativeMemory.liveObjects()).as("native objects left behind").isEqualTo(liveBefore);
  }

  @Test
  void track_objectsTogether_equalsOneByOne() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor prompts =
          Tensors.cat(
              0,
              fixture.golden().tensor("image_two.seg_prompt"),
              fixture.golden().tensor("image_gcg.seg_prompt")); // (4, C)
      List<float[]> together = follow(prompts, 8);
      for (int i = 0; i < prompts.size(0); i++) {
        List<float[]> alone = follow(prompts.narrow(0, i, 1), 8);
        for (int frame = 0; frame < alone.size(); frame++) {
          float[] all = together.get(frame);
          float[] one = alone.get(frame);
          for (int pixel = 0; pixel < one.length; pixel++) {
            assertThat(all[i * one.length + pixel])
                .as("object %d, frame %d, pixel %d", i, frame, pixel)
                .isCloseTo(one[pixel], within(1e-3f));
          }
        }
      }
    }
  }

  /** Masks of every frame, row by row. */
  private static List<float[]> follow(Tensor prompts, int frames) {
    List<float[]> masks = new ArrayList<>();
    try (VideoTracker video = fixture.sam2().open(prompts)) {
      for (int frame = 0; frame < frames; frame++) {
        try (TensorScope turn = TensorScope.open()) {
          masks.add(step(video, frame, frame).masks().toFloatArray());
        }
      }
    }
    return masks;
  }

  private static Prediction step(VideoTracker video, int frame, int picture) {
    FrameFeatures features = fixture.sam2().encode(fixture.frame(picture));
    return frame < KEY_FRAMES ? video.addKeyFrame(frame, features) : video.track(frame, features);
  }

  @Test
  void track_longVideo_holdsNoMoreThanAShortOne() {
    try (TensorScope scope = TensorScope.open();
        VideoTracker video =
            fixture.sam2().open(fixture.golden().tensor("video_segment.seg_prompt"))) {
      long settled = 0;
      for (int frame = 0; frame < 60; frame++) {
        try (TensorScope turn = TensorScope.open()) {
          step(video, frame, frame % fixture.frames());
        }
        if (frame == 20) {
          settled = NativeMemory.liveObjects();
        }
        if (frame > 20) {
          assertThat(NativeMemory.liveObjects()).as("after frame %d", frame).isEqualTo(settled);
        }
      }
    }
  }

  @Test
  void encode_andDecode_leaveOnlyTheirResults() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor picture = fixture.image();
      long before = NativeMemory.liveObjects();
      FrameFeatures features = fixture.sam2().encode(picture);
      assertThat(NativeMemory.liveObjects() - before).isEqualTo(3);
      fixture.sam2().decode(features, Tensors.zeros(picture.dtype(), picture.device(), 1, 32));
      assertThat(NativeMemory.liveObjects() - before).isLessThan(15);
    }
  }

  @Test
  void track_withoutKeyFrame_saysSo() {
    try (TensorScope scope = TensorScope.open();
        VideoTracker video =
            fixture.sam2().open(fixture.golden().tensor("video_segment.seg_prompt"))) {
      assertThatThrownBy(() -> step(video, KEY_FRAMES, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("key frame");
    }
  }

  @Test
  void track_frameOutOfOrder_saysSo() {
    try (TensorScope scope = TensorScope.open();
        VideoTracker video =
            fixture.sam2().open(fixture.golden().tensor("video_segment.seg_prompt"))) {
      FrameFeatures features = fixture.sam2().encode(fixture.frame(0));
      video.addKeyFrame(0, features);
      video.track(3, features);
      assertThatThrownBy(() -> video.track(2, features))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("frame 2");
      assertThatThrownBy(() -> video.addKeyFrame(5, features))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("key frame 5");
    }
  }
}
