package io.sa2va.core.sam2.track;

import io.sa2va.core.sam2.memory.Memory;
import io.sa2va.core.sam2.memory.MemoryAttention;
import io.sa2va.core.sam2.memory.MemoryConfig;
import io.sa2va.core.sam2.neck.PositionEmbeddingSine;
import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the memory: a frame's features, conditioned on the frames that the bank remembers.
 *
 * <p>Reference: {@code SAM2Base._prepare_memory_conditioned_features}. Weights: {@code
 * maskmem_tpos_enc}, {@code no_mem_embed}. Shapes: N objects, L = h·w cells, C channels, m channels
 * of a memory.
 */
final class ConditionedFeatures {
  private final MemoryAttention attention;
  private final Tensor spatialPosition; // (1, L, m)
  private final Tensor temporalPosition; // (frames, m)
  private final Tensor noMemory; // (1, C, 1, 1)
  private final MemoryConfig config;

  ConditionedFeatures(
      MemoryConfig config, MemoryAttention attention, Weights weights, long width, int side) {
    this.config = config;
    this.attention = attention;
    try (TensorScope scope = TensorScope.open()) {
      Tensor sine =
          PositionEmbeddingSine.of(config.width(), side, side).flatten(2, 3).transpose(1, 2);
      this.spatialPosition = weights.keep(sine.contiguous().to(weights.device(), weights.dtype()));
      this.temporalPosition =
          weights.keep(
              weights
                  .get("maskmem_tpos_enc", config.frames(), 1, 1, config.width())
                  .view(config.frames(), config.width()));
      this.noMemory = weights.keep(weights.get("no_mem_embed", 1, 1, width).view(1, width, 1, 1));
    }
  }

  /** Features that say there is no memory: (1, C, h, w). */
  Tensor withoutMemory(FrameFeatures frame) {
    return frame.top().add(noMemory);
  }

  /** Features conditioned on a bank with at least one conditioning frame: (N, C, h, w). */
  Tensor forward(FrameFeatures frame, int index, MemoryBank bank) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.handUp(attention.forward(frame.top(), read(index, bank, frame.top().dtype())));
    }
  }

  private Memory read(int frame, MemoryBank bank, DType dtype) {
    List<Tensor> tokens = new ArrayList<>();
    List<Tensor> positions = new ArrayList<>();
    for (MemoryBank.Entry entry : bank.features(frame)) {
      tokens.add(entry.tensor().to(dtype)); // (N, L, m)
      positions.add(spatialPosition.add(temporalPosition(entry.distance()))); // (1, L, m)
    }
    long pointerTokens = 0;
    for (MemoryBank.Entry entry : bank.pointers(frame)) {
      Tensor pieces = inPieces(entry.tensor()); // (N, C/m, m)
      tokens.add(pieces);
      positions.add(Tensors.zeros(dtype, pieces.device(), 1, pieces.size(1), config.width()));
      pointerTokens += pieces.size(1);
    }
    return new Memory(Tensors.cat(1, tokens), Tensors.cat(1, positions), pointerTokens);
  }

  /** The last place belongs to conditioning frames, the others to frames by distance: (m). */
  private Tensor temporalPosition(int distance) {
    return temporalPosition.select(0, distance == 0 ? config.frames() - 1 : distance - 1);
  }

  /** An object pointer is as wide as several memory tokens: (N, C) → (N, C / m, m). */
  private Tensor inPieces(Tensor pointer) {
    return pointer.reshape(pointer.size(0), -1, config.width());
  }
}
