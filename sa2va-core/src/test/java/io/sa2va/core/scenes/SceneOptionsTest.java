package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SceneOptionsTest {
  @Test
  void ofSize_tooSmall_namesTheSideAndTheLimits() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SceneOptions.ofSize(64, 31))
        .withMessage("height must be from 32 to 4096, but was 31");
  }

  @Test
  void withShapes_leastAboveMost_isRefused() {
    SceneOptions options = SceneOptions.ofSize(64, 64);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withShapes(5, 4))
        .withMessage("maxShapes must be from 5 to 7, but was 4");
  }

  @Test
  void withFrames_tooFew_isRefused() {
    SceneOptions options = SceneOptions.ofSize(64, 64);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withFrames(7, 9))
        .withMessage("minFrames must be from 8 to 1000, but was 7");
  }
}
