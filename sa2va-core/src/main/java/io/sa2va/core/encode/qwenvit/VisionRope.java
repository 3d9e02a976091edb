package io.sa2va.core.encode.qwenvit;

import io.sa2va.core.llm.PlainFrequencies;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/**
 * Rotary position embedding of patches: half of the pairs of a head turn by the patch's row, half
 * by its column.
 *
 * <p>Source: {@code rot_pos_emb} in transformers' modeling_qwen2_5_vl.py and modeling_qwen3_vl.py.
 */
final class VisionRope {
  private static final double THETA = 10000;

  private final float[] inverse; // d/4
  private final Device device;

  VisionRope(QwenVitConfig config, Device device) {
    this.inverse = new PlainFrequencies(THETA, config.headWidth() / 2).inverse(0);
    this.device = device;
  }

  /** The angles of a picture's N patches, in their order: (N, d/2). */
  Tensor angles(PatchGrid grid) {
    Tensor perStep = Tensors.of(inverse, 1, inverse.length).to(device); // (1, d/4)
    Tensor rows = Tensors.of(grid.rowOfPatch(), grid.patches(), 1).to(device); // (N, 1)
    Tensor columns = Tensors.of(grid.columnOfPatch(), grid.patches(), 1).to(device); // (N, 1)
    return Tensors.cat(1, rows.mul(perStep), columns.mul(perStep)); // (N, d/2)
  }
}
