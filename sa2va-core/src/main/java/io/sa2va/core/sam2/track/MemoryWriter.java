package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.memory.MemoryEncoder;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * Turns a frame and its predicted masks into memory.
 *
 * <p>Reference: {@code SAM2Base._encode_new_memory}.
 */
final class MemoryWriter {
  private static final double SIGMOID_SCALE = 20;
  private static final double SIGMOID_BIAS = -10;

  private final MemoryEncoder encoder;
  private final int imageSize;

  MemoryWriter(MemoryEncoder encoder, int imageSize) {
    this.encoder = encoder;
    this.imageSize = imageSize;
  }

  FrameMemory write(FrameFeatures frame, Prediction prediction) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor features = encoder.forward(frame.top(), presence(prediction.masks(), frame.top()));
      Tensor tokens = features.flatten(2, 3).transpose(1, 2); // (N, L, m)
      return new FrameMemory(
          scope.handUp(tokens.to(DType.BFLOAT16).contiguous()), prediction.pointer());
    }
  }

  /** Logits (N, 1, S / 4, S / 4) as -10 (absent) to 10 (present) at picture size (N, 1, S, S). */
  private Tensor presence(Tensor masks, Tensor top) {
    Tensor probability = Functional.resizeBilinear(masks, imageSize, imageSize).sigmoid();
    return probability.mul(SIGMOID_SCALE).add(SIGMOID_BIAS).to(top.dtype());
  }
}
