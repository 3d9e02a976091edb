package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final Image BLACK = Image.ofRgb(12, 10, new byte[360]);

  private static final Mask BLOCK =
      Masks.where(12, 10, (x, y) -> x >= 2 && x < 10 && y >= 2 && y < 9);

  private static int at(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void draw_mask_fillsOutlinesAndLeavesTheRest() {
    BufferedImage drawn = Overlay.standard().draw(BLACK, List.of(BLOCK));
    int outline = at(drawn, 2, 2);
    assertThat(at(drawn, 3, 5)).isEqualTo(outline);
    assertThat(at(drawn, 8, 5)).isEqualTo(outline);
    assertThat(at(drawn, 1, 2)).isZero();
    assertThat(at(drawn, 10, 8)).isZero();
    int half = at(drawn, 5, 5);
    for (int shift = 0; shift <= 16; shift += 8) {
      assertThat(half >> shift & 0xFF).isEqualTo(Math.round((outline >> shift & 0xFF) / 2.0f));
    }
  }

  @Test
  void draw_opacityAndOutline_areThoseChosen() {
    Overlay plain = Overlay.builder().opacity(0).outlineWidth(0).build();
    assertThat(Image.of(plain.draw(BLACK, List.of(BLOCK)))).isEqualTo(BLACK);
    Overlay solid = Overlay.builder().opacity(1).outlineWidth(0).build();
    BufferedImage drawn = solid.draw(BLACK, List.of(BLOCK));
    assertThat(at(drawn, 5, 5)).isEqualTo(at(drawn, 2, 2)).isNotZero();
  }

  @Test
  void draw_severalMasks_haveTheirOwnColours() {
    Set<Integer> colours = new HashSet<>();
    List<Mask> columns =
        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).stream()
            .map(column -> Masks.where(12, 10, (x, y) -> x == column))
            .toList();
    BufferedImage drawn = Overlay.standard().draw(BLACK, columns);
    for (int x = 0; x < 12; x++) {
      colours.add(at(drawn, x, 5));
    }
    assertThat(colours).hasSize(12).doesNotContain(0);
  }

  @Test
  void draw_answer_drawsTheFrameAsked() {
    Segment gone = Segment.builder().masks(List.of(BLOCK)).build();
    Segment seen =
        Segment.builder().index(1).masks(List.of(Mask.empty(12, 10), BLOCK.inverse())).build();
    Answer answer = Answer.builder().segments(List.of(gone, seen)).build();
    BufferedImage expected =
        Overlay.standard().draw(BLACK, List.of(Mask.empty(12, 10), BLOCK.inverse()));
    assertThat(Image.of(Overlay.standard().draw(BLACK, answer, 1))).isEqualTo(Image.of(expected));
  }

  @Test
  void draw_otherSize_namesBoth() {
    assertThatThrownBy(() -> Overlay.standard().draw(BLACK, List.of(Mask.empty(3, 4))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("12x10")
        .hasMessageContaining("3x4");
  }
}
