package io.sa2va.core.encode.qwenvit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A picture's cells sorted into square windows; those at the right and lower border may be smaller.
 * Windows with equally many cells follow each other, so that they attend in one go.
 *
 * <p>Source: {@code get_window_index} in transformers' modeling_qwen2_5_vl.py, which keeps the
 * windows in reading order; their order changes nothing.
 */
final class WindowLayout {
  private final long[] order;
  private final List<AttentionSpans> spans;

  private WindowLayout(long[] order, List<AttentionSpans> spans) {
    this.order = order;
    this.spans = List.copyOf(spans);
  }

  /**
   * Cuts a picture into windows.
   *
   * @param side cells along a window's side
   */
  static WindowLayout of(PatchGrid grid, int side) {
    SortedMap<Integer, List<int[]>> bySize = new TreeMap<>();
    for (int top = 0; top < grid.cellRows(); top += side) {
      for (int left = 0; left < grid.cellColumns(); left += side) {
        int[] window = window(grid, side, top, left);
        bySize.computeIfAbsent(window.length, size -> new ArrayList<>()).add(window);
      }
    }
    List<AttentionSpans> spans = new ArrayList<>();
    bySize.forEach(
        (cells, windows) ->
            spans.add(new AttentionSpans(windows.size(), cells * grid.patchesPerCell())));
    long[] order =
        bySize.values().stream()
            .flatMap(List::stream)
            .flatMapToInt(IntStream::of)
            .asLongStream()
            .toArray();
    return new WindowLayout(order, spans);
  }

  private static int[] window(PatchGrid grid, int side, int top, int left) {
    int height = Math.min(side, grid.cellRows() - top);
    int width = Math.min(side, grid.cellColumns() - left);
    return IntStream.range(0, height * width)
        .map(i -> (top + i / width) * grid.cellColumns() + left + i % width)
        .toArray();
  }

  /** The cell at each place; not a copy, for reading only. */
  long[] cellOfPlace() {
    return order;
  }

  /** The place of each cell. */
  long[] placeOfCell() {
    long[] places = new long[order.length];
    for (int place = 0; place < order.length; place++) {
      places[(int) order[place]] = place;
    }
    return places;
  }

  /** The windows, in patches. */
  List<AttentionSpans> spans() {
    return spans;
  }
}
