package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.memory.MemoryEncoder;
import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.Weights;
import java.util.Optional;

/**
 * Turns a frame and its predicted masks into memory.
 *
 * <p>Reference: {@code SAM2Base._encode_new_memory}. Weights: {@code no_obj_embed_spatial}, in SAM
 * 2.1 only. Shapes: N objects, L cells of the top feature map, m channels of a memory, S side of
 * the square picture. Immutable and thread-safe.
 */
public final class MemoryWriter {
  private static final double PRESENCE_SCALE = 20;
  private static final double PRESENCE_BIAS = -10;

  private final MemoryEncoder encoder;
  private final Optional<Tensor> absentObject; // (1, m)
  private final int imageSize;

  /**
   * @param weights those of SAM2 as a whole
   * @param memoryWidth channels m
   * @param imageSize side S in pixels
   */
  public MemoryWriter(MemoryEncoder encoder, Weights weights, long memoryWidth, int imageSize) {
    this.encoder = encoder;
    this.imageSize = imageSize;
    this.absentObject =
        weights.has("no_obj_embed_spatial")
            ? Optional.of(weights.get("no_obj_embed_spatial", 1, memoryWidth))
            : Optional.empty();
  }

  /** Remembers masks as sure as they are. */
  public FrameMemory write(FrameFeatures frame, Prediction prediction) {
    try (TensorScope scope = TensorScope.open()) {
      return encode(frame, prediction, atPictureSize(prediction).sigmoid()).handUp(scope);
    }
  }

  /** Remembers masks as if they were sure, as SAM2 does on frames with points or a mask. */
  public FrameMemory writeBinary(FrameFeatures frame, Prediction prediction) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor inside = atPictureSize(prediction).gt(0).to(DType.FLOAT32);
      return encode(frame, prediction, inside).handUp(scope);
    }
  }

  private Tensor atPictureSize(Prediction prediction) {
    return Functional.resizeBilinear(prediction.masks(), imageSize, imageSize); // (N, 1, S, S)
  }

  private FrameMemory encode(FrameFeatures frame, Prediction prediction, Tensor probability) {
    Tensor presence = probability.mul(PRESENCE_SCALE).add(PRESENCE_BIAS); // -10 to 10
    Tensor features = encoder.forward(frame.top(), presence.to(frame.top().dtype()));
    Tensor tokens = features.flatten(2, 3).transpose(1, 2); // (N, L, m)
    Tensor marked = markAbsent(tokens, prediction.objectScore());
    return new FrameMemory(marked.to(DType.BFLOAT16).contiguous(), prediction.pointer());
  }

  private Tensor markAbsent(Tensor tokens, Tensor objectScore) {
    if (absentObject.isEmpty()) {
      return tokens;
    }
    Tensor absent = objectScore.gt(0).logicalNot().to(tokens.dtype()).view(-1, 1, 1); // (N, 1, 1)
    return tokens.add(absent.mul(absentObject.get())); // (N, L, m)
  }
}
