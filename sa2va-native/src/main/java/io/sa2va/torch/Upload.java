package io.sa2va.torch;

import org.bytedeco.pytorch.cuda.CUDAEvent;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.jspecify.annotations.Nullable;

/**
 * Values on their way to a device, beside what it computes: a GPU takes them from page-locked
 * memory on a stream of their own, and only what uses them waits for them.
 *
 * <p>May be started on one thread and used on another, one at a time.
 */
public final class Upload implements AutoCloseable {
  private final Kept values;
  private final @Nullable CUDAEvent arrived;

  private Upload(Kept values, @Nullable CUDAEvent arrived) {
    this.values = values;
    this.arrived = arrived;
  }

  /** Sends values of a shape; FLOAT32 as they are. */
  public static Upload start(float[] values, Device device, long... shape) {
    try (TensorScope scope = TensorScope.open()) {
      return device.isCuda()
          ? beside(values, device, shape)
          : new Upload(Kept.of(Tensors.of(values, shape).to(device)), null);
    }
  }

  private static Upload beside(float[] values, Device device, long... shape) {
    CUDAStream stream = CudaStreams.ofUploads(device.index());
    Tensor[] there = new Tensor[1];
    CudaStreams.on(stream, device.index(), () -> there[0] = Tensors.of(values, shape).to(device));
    CUDAEvent event = new CUDAEvent();
    event.record(stream);
    TensorScope.retain(event);
    return new Upload(Kept.of(there[0]), event);
  }

  /**
   * The values, in the innermost scope. What is computed on this thread from now on may use them.
   */
  public Tensor tensor() {
    Tensor shared = Tensor.wrap(new org.bytedeco.pytorch.Tensor(values.tensor().handle()));
    if (arrived != null) {
      try (TensorScope scope = TensorScope.open()) {
        CUDAStream current = CudaStreams.current(shared.device().index());
        arrived.block(current);
        // Else the memory could be given to the next upload while it is still read here.
        shared.handle().record_stream(current.unwrap());
      }
    }
    return shared;
  }

  @Override
  public void close() {
    values.close();
    if (arrived != null) {
      TensorScope.release(arrived);
    }
  }
}
