package io.sa2va.core.train;

import java.awt.Graphics2D;
import java.util.Locale;
import java.util.Map;

/**
 * Letters for a chart, 3 by 5 dots each, drawn without the system's fonts: those are missing on
 * many servers.
 */
final class PixelFont {
  private static final int COLUMNS = 3;
  private static final int ROWS = 5;

  /** Rows from the top, three bits each, the leftmost dot first; octal digits. */
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('0', "75557"),
          Map.entry('1', "26227"),
          Map.entry('2', "71747"),
          Map.entry('3', "71717"),
          Map.entry('4', "55711"),
          Map.entry('5', "74717"),
          Map.entry('6', "74757"),
          Map.entry('7', "71122"),
          Map.entry('8', "75757"),
          Map.entry('9', "75717"),
          Map.entry('.', "00002"),
          Map.entry('-', "00700"),
          Map.entry('A', "25755"),
          Map.entry('C', "34443"),
          Map.entry('D', "65556"),
          Map.entry('E', "74647"),
          Map.entry('I', "72227"),
          Map.entry('K', "55655"),
          Map.entry('L', "44447"),
          Map.entry('M', "57755"),
          Map.entry('N', "65555"),
          Map.entry('O', "25552"),
          Map.entry('P', "65644"),
          Map.entry('S', "34216"),
          Map.entry('T', "72222"),
          Map.entry('V', "55552"),
          Map.entry('X', "55255"));

  private final int dot;

  /**
   * A size.
   *
   * @param dot side of a dot in pixels
   */
  PixelFont(int dot) {
    this.dot = dot;
  }

  /** Width in pixels. */
  int width(String text) {
    return text.length() * (COLUMNS + 1) * dot;
  }

  /** Height in pixels. */
  int height() {
    return ROWS * dot;
  }

  /** Draws with the present colour; what has no glyph is left blank. */
  void draw(Graphics2D canvas, String text, int left, int top) {
    String upper = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < upper.length(); i++) {
      String glyph = GLYPHS.getOrDefault(upper.charAt(i), "00000");
      for (int row = 0; row < ROWS; row++) {
        drawRow(canvas, glyph.charAt(row) - '0', left + i * (COLUMNS + 1) * dot, top + row * dot);
      }
    }
  }

  private void drawRow(Graphics2D canvas, int bits, int left, int top) {
    for (int column = 0; column < COLUMNS; column++) {
      if ((bits >> (COLUMNS - 1 - column) & 1) == 1) {
        canvas.fillRect(left + column * dot, top, dot, dot);
      }
    }
  }
}
