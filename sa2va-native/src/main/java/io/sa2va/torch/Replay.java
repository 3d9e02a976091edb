package io.sa2va.torch;

/**
 * Work on tensors that stay in place, done anew by each {@link #run()}.
 *
 * <p>On a GPU it is captured as a CUDA graph once it has run a few times, so that a run is one call
 * of the driver instead of a thousand. Where capturing fails, or on a CPU, the work itself runs:
 * the results are the same.
 *
 * <p>The work may read and write tensors that outlive this, and make others in scopes of its own.
 * It must not wait for the device, move values between devices, or depend on what Java knows only
 * when it runs: a captured run repeats exactly what was done on the device.
 *
 * <p>For one thread at a time.
 */
public interface Replay extends AutoCloseable {
  /** Set to {@code false} to run everything by single calls, as on a CPU. */
  String GRAPHS_PROPERTY = "io.sa2va.cudaGraphs";

  /** Does the work; on a GPU, lets it be done. */
  void run();

  @Override
  void close();

  /** Work on one device, captured where that is possible and not {@link #GRAPHS_PROPERTY} off. */
  static Replay of(Device device, Runnable work) {
    boolean wanted = Boolean.parseBoolean(System.getProperty(GRAPHS_PROPERTY, "true"));
    return device.isCuda() && wanted
        ? new CapturedReplay(work, new CudaCapture(device.index()))
        : direct(work);
  }

  /** Work that is never captured. */
  static Replay direct(Runnable work) {
    return new Replay() {
      @Override
      public void run() {
        work.run();
      }

      @Override
      public void close() {}
    };
  }
}
