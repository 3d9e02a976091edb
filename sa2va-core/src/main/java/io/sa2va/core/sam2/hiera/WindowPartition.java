package io.sa2va.core.sam2.hiera;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;

/**
 * Cuts a grid of tokens into square windows and puts it together again. A grid that the windows do
 * not divide is padded with zeros at its right and bottom.
 *
 * <p>Shapes: B pictures, C channels, w window side, n windows of one picture.
 *
 * @param window side of a window
 * @param height rows of the grid
 * @param width columns of the grid
 */
record WindowPartition(long window, long height, long width) {
  /** (B, height, width, C) → (B·n, w, w, C). */
  Tensor partition(Tensor x) {
    long batch = x.size(0);
    long channels = x.size(3);
    Tensor padded =
        isPadded()
            ? Functional.pad(x, 0, 0, 0, columns() * window - width, 0, rows() * window - height)
            : x;
    return padded
        .reshape(batch, rows(), window, columns(), window, channels)
        .permute(0, 1, 3, 2, 4, 5)
        .reshape(batch * rows() * columns(), window, window, channels); // (B·n, w, w, C)
  }

  /** (B·n, w, w, C) → (B, height, width, C). */
  Tensor unpartition(Tensor windows) {
    long batch = windows.size(0) / (rows() * columns());
    long channels = windows.size(3);
    Tensor padded =
        windows
            .reshape(batch, rows(), columns(), window, window, channels)
            .permute(0, 1, 3, 2, 4, 5)
            .reshape(batch, rows() * window, columns() * window, channels);
    return isPadded() ? padded.narrow(1, 0, height).narrow(2, 0, width) : padded; // (B, H, W, C)
  }

  /** The same windows after their tokens were pooled 2×2. */
  WindowPartition pooled() {
    return new WindowPartition(window / 2, height / 2, width / 2);
  }

  private boolean isPadded() {
    return height % window != 0 || width % window != 0;
  }

  private long rows() {
    return (height + window - 1) / window;
  }

  private long columns() {
    return (width + window - 1) / window;
  }
}
