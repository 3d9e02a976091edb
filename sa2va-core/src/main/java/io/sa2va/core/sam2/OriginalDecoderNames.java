package io.sa2va.core.sam2;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the mask decoder's weights in a published SAM2 file: those of the original code ({@code
 * sam_mask_decoder.…}), and those of Hugging Face ({@code mask_decoder.…}).
 *
 * <p>Source of the second: Hugging Face's Sam2 model, whose three-layer perceptrons are called
 * proj_in, layers.0 and proj_out.
 */
final class OriginalDecoderNames {
  static final String ORIGINAL = "sam_mask_decoder.";

  private static final String HUGGING_FACE = "mask_decoder.";

  private static final Pattern THREE_LAYERS =
      Pattern.compile(
          "(output_hypernetworks_mlps\\.\\d+|iou_prediction_head|pred_obj_score_head)\\.layers\\.(\\d)(\\..*)");

  private OriginalDecoderNames() {}

  /**
   * The Hugging Face name of a weight.
   *
   * @param name below {@link #ORIGINAL}
   */
  static String huggingFace(String name) {
    Matcher layers = THREE_LAYERS.matcher(name);
    if (layers.matches()) {
      String layer =
          switch (layers.group(2)) {
            case "0" -> "proj_in";
            case "1" -> "layers.0";
            default -> "proj_out";
          };
      return HUGGING_FACE + layers.group(1) + "." + layer + layers.group(3);
    }
    return HUGGING_FACE
        + name.replace("output_upscaling.0.", "upscale_conv1.")
            .replace("output_upscaling.1.", "upscale_layer_norm.")
            .replace("output_upscaling.3.", "upscale_conv2.")
            .replace(".out_proj.", ".o_proj.")
            .replace(".mlp.layers.0.", ".mlp.proj_in.")
            .replace(".mlp.layers.1.", ".mlp.proj_out.")
            .replaceAll("\\.norm(\\d|_final_attn)\\.", ".layer_norm$1.");
  }
}
