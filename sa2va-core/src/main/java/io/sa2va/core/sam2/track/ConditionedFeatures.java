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
import java.util.function.Supplier;

/**
 * Reads the memory: a frame's features, conditioned on the frames that the bank remembers.
 *
 * <p>Reference: {@code SAM2Base._prepare_memory_conditioned_features}. Weights: {@code
 * maskmem_tpos_enc}, {@code no_mem_embed}. Shapes: N objects, L = h·w cells, C channels, m channels
 * of a memory. Immutable and thread-safe.
 */
public final class ConditionedFeatures {
  private final MemoryAttention attention;
  private final Tensor spatialPosition; // (1, L, m)
  private final Supplier<Tensor> temporalPosition; // (frames, m)
  private final PointerPosition pointerPosition;
  private final Supplier<Tensor> noMemory; // (1, C, 1, 1)
  private final MemoryConfig config;

  /**
   * @param weights those of SAM2 as a whole
   * @param width channels C
   * @param side h = w of the top feature map
   */
  public ConditionedFeatures(MemoryConfig config, Weights weights, int width, int side) {
    this.config = config;
    this.attention = new MemoryAttention(config, weights.at("memory_attention"), width, side);
    this.pointerPosition = PointerPosition.of(weights, width, config.width());
    try (TensorScope scope = TensorScope.open()) {
      Tensor sine =
          PositionEmbeddingSine.of(config.width(), side, side).flatten(2, 3).transpose(1, 2);
      this.spatialPosition = weights.keep(sine.contiguous().to(weights.device(), weights.dtype()));
      Tensor temporal = weights.get("maskmem_tpos_enc", config.frames(), 1, 1, config.width());
      this.temporalPosition = weights.derive(() -> temporal.view(config.frames(), config.width()));
      Tensor noMemoryEmbedding = weights.get("no_mem_embed", 1, 1, width);
      this.noMemory = weights.derive(() -> noMemoryEmbedding.view(1, width, 1, 1));
    }
  }

  /**
   * An empty memory of a video, for the caller to close.
   *
   * @param frames how many frames the video has, or {@link Integer#MAX_VALUE} if that is not known;
   *     SAM 2.1 measures time by it in videos shorter than its reach
   */
  public MemoryBank openBank(MemoryBank.Reading reading, int frames) {
    int pointerReach = Math.min(frames, config.maxPointers()) - 1;
    return new MemoryBank(config.frames() - 1, pointerReach, reading);
  }

  /** Features that say there is no memory: (1, C, h, w). */
  public Tensor withoutMemory(FrameFeatures frame) {
    return frame.top().add(noMemory.get());
  }

  /** Features conditioned on a bank with at least one conditioning frame: (N, C, h, w). */
  public Tensor forward(FrameFeatures frame, int index, MemoryBank bank, Direction direction) {
    try (TensorScope scope = TensorScope.open()) {
      Memory memory = read(index, bank, direction, frame.top().dtype());
      return scope.handUp(attention.forward(frame.top(), memory));
    }
  }

  private Memory read(int frame, MemoryBank bank, Direction direction, DType dtype) {
    List<Tensor> tokens = new ArrayList<>();
    List<Tensor> positions = new ArrayList<>();
    for (MemoryBank.Entry entry : bank.features(frame, direction)) {
      tokens.add(entry.tensor().to(dtype)); // (N, L, m)
      positions.add(spatialPosition.add(temporalPosition(entry.distance()))); // (1, L, m)
    }
    long pointerTokens = 0;
    for (MemoryBank.Entry entry : bank.pointers(frame, direction)) {
      Tensor pieces = inPieces(entry.tensor()); // (N, C/m, m)
      tokens.add(pieces);
      positions.add(
          pointerPosition.of(entry.distance(), bank.pointerReach()).expand(1, pieces.size(1), -1));
      pointerTokens += pieces.size(1);
    }
    return new Memory(Tensors.cat(1, tokens), Tensors.cat(1, positions), pointerTokens);
  }

  /** The last place belongs to conditioning frames, the others to frames by distance: (m). */
  private Tensor temporalPosition(int distance) {
    return temporalPosition.get().select(0, distance == 0 ? config.frames() - 1 : distance - 1);
  }

  /** An object pointer is as wide as several memory tokens: (N, C) → (N, C / m, m). */
  private Tensor inPieces(Tensor pointer) {
    return pointer.reshape(pointer.size(0), -1, config.width());
  }
}
