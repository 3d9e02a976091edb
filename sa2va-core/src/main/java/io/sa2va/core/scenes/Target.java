package io.sa2va.core.scenes;

import java.util.List;

/**
 * What one {@code [SEG]} stands for.
 *
 * @param shapes the indices of the shapes whose masks together are the mask, ascending, at least
 *     one
 */
public record Target(List<Integer> shapes) {
  /**
   * Copies the indices.
   *
   * @param shapes ascending, at least one
   * @throws IllegalArgumentException if there is none
   */
  public Target {
    shapes = List.copyOf(shapes);
    if (shapes.isEmpty()) {
      throw new IllegalArgumentException("a target has at least one shape");
    }
  }

  static Target of(ShapeFacts shape) {
    return new Target(List.of(shape.index()));
  }

  static Target of(List<ShapeFacts> shapes) {
    return new Target(shapes.stream().map(ShapeFacts::index).sorted().toList());
  }
}
