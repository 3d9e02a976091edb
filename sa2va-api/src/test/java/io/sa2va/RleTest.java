package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RleTest {
  /** Masks and the text that {@code pycocotools.mask.encode} gives for them. */
  static Stream<Arguments> encodedByPycocotools() {
    return Stream.of(
        Arguments.of(Masks.where(5, 4, (x, y) -> y >= 1 && y < 3 && x >= 2 && x < 4), "92203"),
        Arguments.of(Masks.where(7, 3, (x, y) -> false), "e0"),
        Arguments.of(Masks.where(7, 3, (x, y) -> true), "0e0"),
        Arguments.of(
            Masks.where(80, 60, (x, y) -> (x - 40) * (x - 40) + (y - 25) * (y - 25) < 400),
            "oW1=]14L4M2M4M2N2O0O2N2O0O2O0O2O000000000000000000000001N101N101N2N101N2N3L3N3L4LoT1"),
        Arguments.of(
            Masks.where(900, 700, (x, y) -> y >= 650 && x >= 880),
            "ZVjb0b1Zd00000000000000000000000000000000000000"),
        Arguments.of(
            Masks.where(13, 12, (x, y) -> (x * x + 3 * y) % 7 < 3),
            "0120O00010O00010O00020O0O00011OO0010O0010O0010O0000010O00011OO10O0001000O00010O00010O"
                + "00020O0O00011OO0010O0010O0010O0000010O00010"));
  }

  @ParameterizedTest
  @MethodSource("encodedByPycocotools")
  void toCoco_mask_isWhatPycocotoolsWrites(Mask mask, String text) {
    assertThat(mask.toRle().toCoco()).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("encodedByPycocotools")
  void parseCoco_textOfPycocotools_givesTheMask(Mask mask, String text) {
    assertThat(Rle.parseCoco(mask.width(), mask.height(), text).toMask()).isEqualTo(mask);
  }

  @Test
  void counts_mask_runDownTheColumns() {
    Mask mask = Masks.where(3, 2, (x, y) -> x == 0 || (x == 1 && y == 1));
    assertThat(mask.toRle().counts()).containsExactly(0, 2, 1, 1, 2);
  }

  @Test
  void toMask_randomMasks_givesThemBack() {
    for (int seed = 0; seed < 200; seed++) {
      Mask mask = Masks.random(seed);
      Rle rle = mask.toRle();
      assertThat(rle.toMask()).as("seed %d", seed).isEqualTo(mask);
      assertThat(Rle.parseCoco(mask.width(), mask.height(), rle.toCoco())).isEqualTo(rle);
      assertThat(Rle.ofCounts(mask.width(), mask.height(), rle.counts())).isEqualTo(rle);
    }
  }

  @Test
  void ofCounts_sumUnlikeTheSize_isRefused() {
    assertThatThrownBy(() -> Rle.ofCounts(4, 5, List.of(3, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("counts must add up to the 20 pixels of 4x5, but came to 7");
  }

  @Test
  void ofCounts_negative_isRefused() {
    assertThatThrownBy(() -> Rle.ofCounts(4, 5, List.of(25, -5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "92", "922", "9220o", "ooooooooo0", "9 203", "9220\u00e9", "O2203"})
  void parseCoco_damagedText_isRefused(String text) {
    assertThatThrownBy(() -> Rle.parseCoco(5, 4, text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
