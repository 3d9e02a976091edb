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

  /**
   * Gives memory that was freed, but that the C library still holds, back to the system, where it
   * can be asked to (glibc): its pages must be asked for again when they are needed again.
   */
  public static void trim() {
    Pointer.trimMemory();
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
