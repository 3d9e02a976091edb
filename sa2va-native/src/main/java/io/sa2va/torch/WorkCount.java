package io.sa2va.torch;

import java.util.concurrent.atomic.LongAdder;

/**
 * How much this process has asked of libtorch: numbers that, unlike times, are the same on every
 * machine. Safe to use from any thread.
 *
 * @param operations calls of operators through {@link Tensor} and its kin, each of which makes a
 *     native object or changes one in place
 * @param bytesIn copied from Java into tensors
 * @param bytesOut copied from tensors to Java
 * @param uploads tensors made of Java values, each of which a GPU would need copied to it
 * @param waits reads of values by Java, each of which would wait for a GPU
 * @param moves copies from one device to another
 */
public record WorkCount(
    long operations, long bytesIn, long bytesOut, long uploads, long waits, long moves) {
  private static final LongAdder OPERATIONS = new LongAdder();
  private static final LongAdder BYTES_IN = new LongAdder();
  private static final LongAdder BYTES_OUT = new LongAdder();
  private static final LongAdder UPLOADS = new LongAdder();
  private static final LongAdder WAITS = new LongAdder();
  private static final LongAdder MOVES = new LongAdder();

  /** The counts since the process began. */
  public static WorkCount now() {
    return new WorkCount(
        OPERATIONS.sum(), BYTES_IN.sum(), BYTES_OUT.sum(), UPLOADS.sum(), WAITS.sum(), MOVES.sum());
  }

  /** What came after an earlier count. */
  public WorkCount since(WorkCount earlier) {
    return new WorkCount(
        operations - earlier.operations,
        bytesIn - earlier.bytesIn,
        bytesOut - earlier.bytesOut,
        uploads - earlier.uploads,
        waits - earlier.waits,
        moves - earlier.moves);
  }

  static void operation() {
    OPERATIONS.increment();
  }

  static void copiedIn(long bytes) {
    BYTES_IN.add(bytes);
    UPLOADS.increment();
  }

  static void copiedOut(long bytes) {
    BYTES_OUT.add(bytes);
    WAITS.increment();
  }

  static void moved() {
    MOVES.increment();
  }
}
