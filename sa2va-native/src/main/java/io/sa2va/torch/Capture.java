package io.sa2va.torch;

/** A way to record what work does on a device, without doing it. */
interface Capture extends AutoCloseable {
  /** What was recorded. */
  interface Graph extends AutoCloseable {
    /** Does it, in the order of the current stream. */
    void launch();

    @Override
    void close();
  }

  /** Does work as it will be recorded, so that libraries have allocated what they need by then. */
  void warmUp(Runnable work);

  /**
   * Records work, which has no effect on the device.
   *
   * @throws RuntimeException if the work or the device does not allow it; nothing was done then
   */
  Graph record(Runnable work);

  @Override
  void close();
}
