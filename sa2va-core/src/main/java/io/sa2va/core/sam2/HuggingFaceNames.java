package io.sa2va.core.sam2;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The original names of SAM2's weights, for those of Hugging Face.
 *
 * <p>Source: the modules of Hugging Face's {@code Sam2VideoModel} beside those of the original
 * code. Its perceptrons are called proj_in, layers.N and proj_out, and the four point embeddings
 * are rows of one matrix: {@link #POINTS}.
 */
final class HuggingFaceNames {
  /** (4, C), in the order of the original's {@code point_embeddings.N}. */
  static final String POINTS = "prompt_encoder.point_embed.weight";

  /** A part of a name, and what takes its place; all that fit apply, one after the other. */
  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern), replacement);
    }

    String apply(String name) {
      return pattern.matcher(name).replaceAll(replacement);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of("^no_memory_embedding$", "no_mem_embed"),
          Rule.of("^no_memory_positional_encoding$", "no_mem_pos_enc"),
          Rule.of("^memory_temporal_positional_encoding$", "maskmem_tpos_enc"),
          Rule.of("^no_object_pointer$", "no_obj_ptr"),
          Rule.of("^object_pointer_proj\\.", "obj_ptr_proj."),
          Rule.of("^occlusion_spatial_embedding_parameter$", "no_obj_embed_spatial"),
          Rule.of("^temporal_positional_encoding_projection_layer\\.", "obj_ptr_tpos_proj."),
          Rule.of("^vision_encoder\\.backbone\\.", "image_encoder.trunk."),
          Rule.of("\\.patch_embed\\.projection\\.", ".patch_embed.proj."),
          Rule.of(
              "^vision_encoder\\.neck\\.convs\\.(\\d+)\\.", "image_encoder.neck.convs.$1.conv."),
          Rule.of("^prompt_encoder\\.", "sam_prompt_encoder."),
          Rule.of(
              "\\.shared_embedding\\.positional_embedding$",
              ".pe_layer.positional_encoding_gaussian_matrix"),
          Rule.of("\\.mask_embed\\.conv1\\.", ".mask_downscaling.0."),
          Rule.of("\\.mask_embed\\.layer_norm1\\.", ".mask_downscaling.1."),
          Rule.of("\\.mask_embed\\.conv2\\.", ".mask_downscaling.3."),
          Rule.of("\\.mask_embed\\.layer_norm2\\.", ".mask_downscaling.4."),
          Rule.of("\\.mask_embed\\.conv3\\.", ".mask_downscaling.6."),
          Rule.of("^mask_decoder\\.", "sam_mask_decoder."),
          Rule.of("\\.upscale_conv1\\.", ".output_upscaling.0."),
          Rule.of("\\.upscale_layer_norm\\.", ".output_upscaling.1."),
          Rule.of("\\.upscale_conv2\\.", ".output_upscaling.3."),
          Rule.of("\\.mask_downsampler\\.layers\\.0\\.conv\\.", ".mask_downsampler.encoder.0."),
          Rule.of(
              "\\.mask_downsampler\\.layers\\.0\\.layer_norm\\.", ".mask_downsampler.encoder.1."),
          Rule.of("\\.mask_downsampler\\.layers\\.1\\.conv\\.", ".mask_downsampler.encoder.3."),
          Rule.of(
              "\\.mask_downsampler\\.layers\\.1\\.layer_norm\\.", ".mask_downsampler.encoder.4."),
          Rule.of("\\.mask_downsampler\\.layers\\.2\\.conv\\.", ".mask_downsampler.encoder.6."),
          Rule.of(
              "\\.mask_downsampler\\.layers\\.2\\.layer_norm\\.", ".mask_downsampler.encoder.7."),
          Rule.of("\\.mask_downsampler\\.layers\\.3\\.conv\\.", ".mask_downsampler.encoder.9."),
          Rule.of(
              "\\.mask_downsampler\\.layers\\.3\\.layer_norm\\.", ".mask_downsampler.encoder.10."),
          Rule.of("\\.mask_downsampler\\.final_conv\\.", ".mask_downsampler.encoder.12."),
          Rule.of("\\.feature_projection\\.", ".pix_feat_proj."),
          Rule.of("^memory_encoder\\.projection\\.", "memory_encoder.out_proj."),
          Rule.of("\\.memory_fuser\\.", ".fuser."),
          Rule.of("\\.scale$", ".g_weight"),
          Rule.of("\\.depthwise_conv\\.", ".dwconv."),
          Rule.of("\\.pointwise_conv(\\d)\\.", ".pwconv$1."),
          Rule.of("\\.o_proj\\.", ".out_proj."),
          Rule.of("\\.layer_norm(\\d?|_final_attn)\\.", ".norm$1."),
          Rule.of("\\.mlp\\.proj_in\\.", ".mlp.layers.0."),
          Rule.of("\\.mlp\\.proj_out\\.", ".mlp.layers.1."),
          Rule.of(
              "(mlps\\.\\d+|_head|obj_ptr_proj)\\.layers\\.0\\.(weight|bias)$", "$1.layers.1.$2"),
          Rule.of("\\.proj_in\\.", ".layers.0."),
          Rule.of("\\.proj_out\\.", ".layers.2."));

  private HuggingFaceNames() {}

  /** The original name, unless the weight is a copy of another, or stands for several. */
  static Optional<String> original(String name) {
    if (name.equals(POINTS) || name.equals("shared_image_embedding.positional_embedding")) {
      return Optional.empty();
    }
    String original = name;
    for (Rule rule : RULES) {
      original = rule.apply(original);
    }
    return Optional.of(original);
  }

  /** Whether a file that has a weight of this name is Hugging Face's. */
  static boolean isOne(String name) {
    return name.startsWith("mask_decoder.") || name.startsWith("vision_encoder.");
  }
}
