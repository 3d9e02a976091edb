package io.sa2va.torch;

import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.cuda.CUDAEvent;
import org.jspecify.annotations.Nullable;

/**
 * Brings one whole number at a time from a device to Java. Between {@link #begin} and {@link
 * #await()} the device can be given more work, which the number does not wait for.
 *
 * <p>For one thread at a time.
 */
public final class Readback implements AutoCloseable {
  private final Kept landing; // (1) of INT64 on the CPU, page-locked for a GPU
  private final boolean later;
  private @Nullable CUDAEvent arrived;

  /** For numbers of one device. */
  public Readback(Device device) {
    this.later = device.isCuda();
    try (TensorScope scope = TensorScope.open()) {
      this.landing =
          Kept.of(
              later
                  ? Tensors.pageLocked(DType.INT64, 1)
                  : Tensors.empty(DType.INT64, Device.CPU, 1));
    }
  }

  /** Sends for the element of a tensor (1) of INT64, as it is after the work given so far. */
  public void begin(Tensor number) {
    landing.tensor().handle().copy_(number.handle(), later);
    if (later) {
      expectArrival(number.device());
    }
  }

  private void expectArrival(Device device) {
    try (TensorScope scope = TensorScope.open()) {
      if (arrived == null) {
        arrived = new CUDAEvent();
        TensorScope.retain(arrived);
      }
      arrived.record(CudaStreams.current(device.index()));
    }
  }

  /** Waits for the number that was sent for last. */
  public long await() {
    WorkCount.copiedOut(DType.INT64.bytes());
    if (arrived != null) {
      arrived.synchronize();
    }
    try (TensorScope scope = TensorScope.open()) {
      return new LongPointer(landing.tensor().handle().data_ptr()).get();
    }
  }

  @Override
  public void close() {
    try (landing) {
      awaitLast();
    }
  }

  /** Until then the device may write to the landing. */
  private void awaitLast() {
    if (arrived != null) {
      try {
        arrived.synchronize();
      } finally {
        TensorScope.release(arrived);
        arrived = null;
      }
    }
  }
}
