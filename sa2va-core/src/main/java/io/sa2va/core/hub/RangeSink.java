package io.sa2va.core.hub;

import io.sa2va.error.HubException;
import java.io.IOException;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes an answer's body into a range of a file. Takes both a part of the file (206) and, from
 * servers that know no ranges, the whole of it (200), whose beginning it then skips.
 */
final class RangeSink implements Receiver.Sink {
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(.+)");

  /** Of an error page no more is kept. */
  private static final int MAX_ERROR_BYTES = 64 << 10;

  private final PartialFile file;
  private final PartialFile.Range range;
  private final FileProgress progress;
  private long skip;

  private RangeSink(PartialFile file, PartialFile.Range range, FileProgress progress, long skip) {
    this.file = file;
    this.range = range;
    this.progress = progress;
    this.skip = skip;
  }

  /**
   * Chooses by the answer's headers.
   *
   * @throws IOException if the server answers with other bytes than those asked for
   * @throws SizeChangedException if the file is not as large as the hub said
   */
  static Receiver.Sink of(
      ResponseInfo info, PartialFile file, PartialFile.Range range, FileProgress progress)
      throws IOException {
    int status = info.statusCode();
    if (status != 200 && status != 206) {
      return Receiver.collector(MAX_ERROR_BYTES);
    }
    String encoding = info.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new HubException(
          "%s is sent with Content-Encoding %s though none was allowed; check HF_ENDPOINT and proxies"
              .formatted(progress.file().name(), RepoPath.printable(encoding)));
    }
    long size = progress.file().size();
    if (status == 200) {
      requireSize(info.headers().firstValue("Content-Length").orElse("*"), size);
      return new RangeSink(file, range, progress, range.next());
    }
    requireRange(info.headers().firstValue("Content-Range").orElse(""), range.next(), size);
    return new RangeSink(file, range, progress, 0);
  }

  @Override
  public boolean take(ByteBuffer bytes) {
    int skipped = (int) Math.min(skip, bytes.remaining());
    bytes.position(bytes.position() + skipped);
    skip -= skipped;
    file.write(range, bytes);
    progress.set(file.done());
    return !range.isDone();
  }

  private static void requireRange(String header, long start, long size) throws IOException {
    Matcher matcher = CONTENT_RANGE.matcher(header);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != start) {
      throw new IOException(
          "the server was asked for the bytes from %d on, but sent \"%s\""
              .formatted(start, RepoPath.printable(header)));
    }
    requireSize(matcher.group(2), size);
  }

  private static void requireSize(String said, long size) throws SizeChangedException {
    if (!said.equals("*") && !said.equals(Long.toString(size))) {
      throw new SizeChangedException("it has " + RepoPath.printable(said) + " bytes");
    }
  }
}
