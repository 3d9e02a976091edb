package io.sa2va.core.prepare;

/**
 * A picture as Qwen-VL's vision tower reads it: one row of floats a patch.
 *
 * <p>Rows come merge block by merge block (the patches that become one token are neighbours);
 * blocks and the patches in a block run left to right, then down. A row is {@code [3, time, patch,
 * patch]}.
 */
public final class QwenPatches {
  private final float[] values;
  private final int gridTime;
  private final int gridHeight;
  private final int gridWidth;

  QwenPatches(float[] values, int gridTime, int gridHeight, int gridWidth) {
    this.values = values;
    this.gridTime = gridTime;
    this.gridHeight = gridHeight;
    this.gridWidth = gridWidth;
  }

  /** {@code pixel_values}, {@code [patches, patchLength]}; not a copy, for reading only. */
  public float[] values() {
    return values;
  }

  /** How many patches the picture has. */
  public int patches() {
    return gridTime * gridHeight * gridWidth;
  }

  /** Floats in a patch: {@code 3 * temporal_patch_size * patch_size^2}. */
  public int patchLength() {
    return values.length / patches();
  }

  /** {@code image_grid_thw}: patches along time (1), height and width. */
  public long[] gridThw() {
    return new long[] {gridTime, gridHeight, gridWidth};
  }
}
