package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Mask;
import io.sa2va.core.prepare.RgbPixels;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final List<Turn> TURNS = List.of(new Turn("Where is it?", "[SEG]."));
  private static final RgbPixels PICTURE = RgbPixels.of(4, 2, new byte[24]);

  @Test
  void new_maskOfAnotherSize_isRefused() {
    assertThatThrownBy(() -> Sample.ofPicture(PICTURE, TURNS, List.of(Mask.empty(2, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2x4")
        .hasMessageContaining("4x2");
  }

  @Test
  void new_fewerMasksThanFrames_isRefused() {
    List<RgbPixels> frames = List.of(PICTURE, PICTURE);
    assertThatThrownBy(
            () -> new Sample(frames, List.of(), TURNS, List.of(List.of(Mask.empty(4, 2)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 frames");
  }

  @Test
  void new_masksWithoutFrames_isRefused() {
    assertThatThrownBy(() -> new Sample(List.of(), List.of(), TURNS, List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one frame");
  }

  @Test
  void new_noTurns_isRefused() {
    assertThatThrownBy(() -> new Sample(List.of(), List.of(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one turn");
  }
}
