package io.sa2va.core.family;

/**
 * The image tokens of a picture that stand in rows and columns.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record TokenGrid(int rows, int columns) {
  int tokens() {
    return rows * columns;
  }
}
