package io.sa2va.torch;

import org.bytedeco.javacpp.Pointer;

/** What the process holds outside the Java heap. */
public final class NativeMemory {
  private NativeMemory() {}

  /** The number of native objects (tensors and their helpers) that are alive in this process. */
  public static long liveObjects() {
    return Pointer.totalCount();
  }

  /**
   * Resident memory of this process in bytes, without pages shared with other processes or files.
   */
  public static long residentBytes() {
    return Pointer.physicalBytes();
  }

  /** The memory of this machine in bytes. */
  public static long totalBytes() {
    return Pointer.totalPhysicalBytes();
  }

  /** Memory that this machine could still give, in bytes. */
  public static long availableBytes() {
    return Pointer.availablePhysicalBytes();
  }
}
