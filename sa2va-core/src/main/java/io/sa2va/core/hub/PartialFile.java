package io.sa2va.core.hub;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that is being fetched, in one piece or in several at once, and that knows what of it is
 * there already, also after a crash.
 *
 * <p>In one piece, the file is a prefix of the whole. In several, it has the whole's size from the
 * start, and behind that a note on each piece: a magic number, the count, and for each piece where
 * it goes on and where it ends, all 64-bit big-endian. A note that cannot be true is ignored, and
 * the file starts afresh.
 *
 * <p>Thread-safe.
 */
final class PartialFile implements AutoCloseable {
  /** A piece that is fetched in order, by one thread at a time. */
  static final class Range {
    private final int index;
    private final long end;
    private volatile long next;

    private Range(int index, long next, long end) {
      this.index = index;
      this.next = next;
      this.end = end;
    }

    /** The position of the first byte that is not there yet. */
    long next() {
      return next;
    }

    /** The position after the last byte. */
    long end() {
      return end;
    }

    boolean isDone() {
      return next >= end;
    }
  }

  private static final long MAGIC = 0x5361325641726e67L;
  private static final int MAX_RANGES = 64;

  private final Path path;
  private final FileChannel channel;
  private final long size;
  private List<Range> ranges = List.of();

  private PartialFile(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /**
   * Opens what an earlier attempt left, or starts anew.
   *
   * @param size the whole file's size
   * @param pieces into how many ranges to cut what is missing, if no earlier attempt has done so
   * @throws io.sa2va.error.HubException if the file cannot be written, saying what to do
   */
  static PartialFile open(Path path, long size, int pieces) {
    try {
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      return load(new PartialFile(path, channel, size), pieces);
    } catch (IOException e) {
      throw HubErrors.cannotWrite(path, e);
    }
  }

  private static PartialFile load(PartialFile file, int pieces) throws IOException {
    try {
      file.load(pieces);
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** How many bytes of a whole file's size an earlier attempt left, without touching them. */
  static long done(Path path, long size) throws IOException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    try (PartialFile file =
        new PartialFile(path, FileChannel.open(path, StandardOpenOption.READ), size)) {
      long length = file.channel.size();
      if (length <= size) {
        return length;
      }
      file.ranges = file.readNotes(length);
      return file.ranges.isEmpty() ? 0 : file.done();
    }
  }

  /** All ranges, in order. */
  List<Range> ranges() {
    return ranges;
  }

  /** How many bytes are there. */
  long done() {
    return size - ranges.stream().mapToLong(range -> range.end - range.next).sum();
  }

  /**
   * Writes the next bytes of a range; those beyond its end are left in the buffer.
   *
   * @throws io.sa2va.error.HubException if the file cannot be written, saying what to do
   */
  void write(Range range, ByteBuffer bytes) {
    int length = (int) Math.min(bytes.remaining(), range.end - range.next);
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    long next = range.next + length;
    try {
      writeFully(part, range.next);
      if (ranges.size() > 1) {
        writeFully(ByteBuffer.allocate(8).putLong(0, next), noteOf(range));
      }
    } catch (IOException e) {
      throw HubErrors.cannotWrite(path, e);
    }
    range.next = next;
  }

  /**
   * Makes it exactly the whole file, on disk. All ranges must be done.
   *
   * @throws io.sa2va.error.HubException if the file cannot be written, saying what to do
   */
  void complete() {
    try {
      channel.truncate(size);
      channel.force(true);
    } catch (IOException e) {
      throw HubErrors.cannotWrite(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void load(int pieces) throws IOException {
    long length = channel.size();
    ranges = length > size ? readNotes(length) : List.of();
    if (!ranges.isEmpty()) {
      return;
    }
    if (length > size) {
      channel.truncate(0);
      length = 0;
    }
    ranges = cut(length, pieces);
    if (ranges.size() > 1) {
      writeNotes();
    }
  }

  /** Cuts what is missing behind the bytes that are there. */
  private List<Range> cut(long there, int pieces) {
    if (pieces <= 1 || there == size) {
      return List.of(new Range(0, there, size));
    }
    List<Range> cut = new ArrayList<>();
    long missing = size - there;
    for (int i = 0; i < pieces; i++) {
      long start = there + missing / pieces * i;
      long end = i == pieces - 1 ? size : there + missing / pieces * (i + 1);
      cut.add(new Range(i, start, end));
    }
    return List.copyOf(cut);
  }

  private void writeNotes() throws IOException {
    ByteBuffer notes = ByteBuffer.allocate(16 + 16 * ranges.size());
    notes.putLong(MAGIC).putLong(ranges.size());
    ranges.forEach(range -> notes.putLong(range.next).putLong(range.end));
    writeFully(notes.flip(), size);
  }

  private List<Range> readNotes(long length) throws IOException {
    long notesLength = length - size;
    if (notesLength < 32 || notesLength > 16 + 16 * MAX_RANGES) {
      return List.of();
    }
    ByteBuffer notes = ByteBuffer.allocate((int) notesLength);
    while (notes.hasRemaining() && channel.read(notes, size + notes.position()) >= 0) {}
    notes.flip();
    if (notes.remaining() != notesLength
        || notes.getLong() != MAGIC
        || notes.getLong() != notesLength / 16 - 1) {
      return List.of();
    }
    List<Range> read = new ArrayList<>();
    while (notes.remaining() >= 16) {
      Range range = new Range(read.size(), notes.getLong(), notes.getLong());
      if (range.next < 0 || range.next > range.end || range.end > size) {
        return List.of();
      }
      read.add(range);
    }
    return List.copyOf(read);
  }

  private long noteOf(Range range) {
    return size + 16 + 16L * range.index;
  }

  private void writeFully(ByteBuffer bytes, long position) throws IOException {
    long start = position - bytes.position();
    while (bytes.hasRemaining()) {
      channel.write(bytes, start + bytes.position());
    }
  }
}
