package io.sa2va.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.cuda.CUDAEvent;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.global.torch_cuda;

/** The order between streams of one GPU. */
final class CudaStreams {
  /** libtorch gives out the same few streams in turn, but never one of the other priority. */
  private static final boolean UPLOAD_PRIORITY = true;

  private static final Map<Integer, CUDAStream> UPLOADS = new ConcurrentHashMap<>();
  private static final Map<Integer, CUDAStream> CAPTURES = new ConcurrentHashMap<>();

  private CudaStreams() {}

  /** The stream of a GPU on which values come to it while it computes. */
  static CUDAStream ofUploads(int device) {
    return UPLOADS.computeIfAbsent(device, index -> lasting(UPLOAD_PRIORITY, index));
  }

  /** The stream of a GPU on which graphs are recorded, one at a time. */
  static CUDAStream ofCaptures(int device) {
    return CAPTURES.computeIfAbsent(device, index -> lasting(!UPLOAD_PRIORITY, index));
  }

  /** A stream for as long as the process lives. */
  private static CUDAStream lasting(boolean highPriority, int device) {
    CUDAStream stream = torch_cuda.getStreamFromPool(highPriority, (byte) device);
    TensorScope.retain(stream);
    return stream;
  }

  static CUDAStream current(int device) {
    return torch_cuda.getCurrentCUDAStream((byte) device);
  }

  /** Lets what {@code later} is given from now on wait for what {@code earlier} has been given. */
  static void order(CUDAStream earlier, CUDAStream later) {
    try (CUDAEvent event = new CUDAEvent()) {
      event.record(earlier);
      event.block(later);
    }
  }

  /** Gives this thread's work to a stream meanwhile. */
  static void on(CUDAStream stream, int device, Runnable work) {
    try (CUDAStream before = current(device)) {
      torch_cuda.setCurrentCUDAStream(stream);
      try {
        work.run();
      } finally {
        torch_cuda.setCurrentCUDAStream(before);
      }
    }
  }
}
