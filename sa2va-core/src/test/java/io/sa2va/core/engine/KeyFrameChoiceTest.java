package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.KeyFrames;
import io.sa2va.error.InvalidRequestException;
import org.junit.jupiter.api.Test;

class KeyFrameChoiceTest {
  private static final KeyFrames DEFAULT = KeyFrames.first(5);

  @Test
  void frames_modelDefault_isWhatTheModelSays() {
    assertThat(KeyFrameChoice.frames(KeyFrames.modelDefault(), DEFAULT, 14))
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(KeyFrameChoice.frames(KeyFrames.modelDefault(), DEFAULT, 3))
        .containsExactly(0, 1, 2);
  }

  @Test
  void frames_uniform_isNumpysLinspace() {
    assertThat(KeyFrameChoice.frames(KeyFrames.uniform(5), DEFAULT, 14))
        .containsExactly(0, 3, 6, 9, 13);
    assertThat(KeyFrameChoice.frames(KeyFrames.uniform(5), DEFAULT, 3)).containsExactly(0, 1, 2);
    assertThat(KeyFrameChoice.frames(KeyFrames.uniform(1), DEFAULT, 9)).containsExactly(0);
  }

  @Test
  void frames_listed_areTaken() {
    assertThat(KeyFrameChoice.frames(KeyFrames.of(0, 10, 20), DEFAULT, 21))
        .containsExactly(0, 10, 20);
  }

  @Test
  void frames_listedBeyondTheEnd_isRefused() {
    assertThatThrownBy(() -> KeyFrameChoice.frames(KeyFrames.of(0, 5), DEFAULT, 5))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("key frame 5")
        .hasMessageContaining("0 to 4");
  }
}
