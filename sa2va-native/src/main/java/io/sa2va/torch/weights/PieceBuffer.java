package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which one thread reads pieces of weights; page-locked where they go to a GPU,
 * which copies from such memory by itself. For one thread.
 */
final class PieceBuffer implements AutoCloseable {
  /** Large enough for full speed, short enough to stop soon. */
  static final int BYTES = 8 << 20;

  private @Nullable Kept memory;

  /**
   * Reads a piece.
   *
   * @param device where it goes next
   * @param bytes at most {@link #BYTES}
   * @param reader fills all that it is given
   * @return its bytes (bytes), valid until the next call
   */
  Tensor read(Device device, long bytes, Consumer<ByteBuffer> reader) {
    Tensor piece = memory(device).narrow(0, 0, bytes);
    piece.fill((part, at) -> reader.accept(part));
    return piece;
  }

  private Tensor memory(Device device) {
    if (memory == null) {
      try (TensorScope scope = TensorScope.open()) {
        memory =
            Kept.of(
                device.isCuda()
                    ? Tensors.pageLocked(DType.UINT8, BYTES)
                    : Tensors.empty(DType.UINT8, Device.CPU, BYTES));
      }
    }
    return memory.tensor();
  }

  @Override
  public void close() {
    if (memory != null) {
      memory.close();
    }
  }
}
