package io.sa2va.core.sam2.predict;

/**
 * How a {@link VideoPredictor} treats its masks. Settings of the reference's {@code
 * SAM2VideoPredictor}.
 *
 * @param fillHoleArea holes of at most this many cells of the low-resolution mask are filled; 0
 *     leaves all ({@code fill_hole_area})
 * @param remembersSurely whether frames with a prompt are remembered as if their masks were sure
 *     ({@code binarize_mask_from_pts_for_mem_enc})
 * @param correctionsCondition whether a prompt on a frame that was tracked makes it a conditioning
 *     frame ({@code add_all_frames_to_correct_as_cond}); else tracking again overwrites it
 */
public record PredictorOptions(
    int fillHoleArea, boolean remembersSurely, boolean correctionsCondition) {
  public PredictorOptions {
    if (fillHoleArea < 0) {
      throw new IllegalArgumentException(
          "fillHoleArea must be at least 0, but was " + fillHoleArea);
    }
  }

  /** Those of {@code build_sam2_video_predictor} for interactive use. */
  public static PredictorOptions standard() {
    return new PredictorOptions(8, true, false);
  }
}
