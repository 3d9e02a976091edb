package io.sa2va.ffmpeg;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Finds frames by rank: decodes forward where it can, and else goes back to the keyframe before. An
 * open file with its codec; not thread-safe.
 */
final class FrameReader implements AutoCloseable {
  /** Decoding so few frames costs less than going to a keyframe. */
  private static final int NEAR = 8;

  private final Path file;
  private final FrameIndex index;
  private final FrameDecoder decoder;
  private Demuxer demuxer;
  private RankedFrame shown = new RankedFrame();
  private RankedFrame ahead = new RankedFrame();
  private boolean positioned;
  private boolean fromBeginning;

  private FrameReader(Demuxer demuxer, FrameIndex index, FrameDecoder decoder) {
    this.file = demuxer.file();
    this.index = index;
    this.demuxer = demuxer;
    this.decoder = decoder;
  }

  static FrameReader open(Path file) {
    Demuxer demuxer = Demuxer.open(file);
    try {
      FrameIndex index = FrameIndex.of(demuxer);
      return new FrameReader(demuxer, index, new FrameDecoder(demuxer, index));
    } catch (RuntimeException e) {
      demuxer.close();
      throw e;
    }
  }

  Demuxer demuxer() {
    return demuxer;
  }

  int count() {
    return index.count();
  }

  /**
   * The frame of a rank. Where the codec makes none of a packet without calling it damaged, as at
   * the cut edges of recordings, that is what a player shows then: the frame before, or at the very
   * beginning the frame after.
   *
   * @return borrowed until the next call
   */
  AVFrame frame(int rank) {
    if (!canDecodeOn(rank)) {
      goTo(rank);
    }
    advance(rank);
    if (!fromBeginning && (shown.rank() != rank || isDamaged(rank))) {
      rewind(); // the container led to a wrong place
      advance(rank);
    }
    if (isDamaged(rank)) {
      throw new VideoException(
          "frame %d of %s is damaged and cannot be decoded".formatted(rank, file));
    }
    return shown.handle();
  }

  private boolean canDecodeOn(int rank) {
    int reached = Math.max(shown.rank(), ahead.rank());
    return positioned && rank >= shown.rank() && index.keyRank(rank) <= reached + NEAR;
  }

  private void goTo(int rank) {
    if (index.keyRank(rank) > 0 && demuxer.seek(index.keyTime(rank))) {
      restart(false);
    } else {
      rewind();
    }
  }

  /** Opens the file anew, since not every container finds back to its beginning. */
  private void rewind() {
    positioned = false;
    Demuxer atBeginning = Demuxer.open(file);
    demuxer.close();
    demuxer = atBeginning;
    restart(true);
  }

  private void restart(boolean atBeginning) {
    shown.clear();
    ahead.clear();
    decoder.restart(atBeginning);
    fromBeginning = atBeginning;
    positioned = true;
  }

  /** Decodes until the next frame is later than the rank. */
  private void advance(int rank) {
    while (shown.rank() < rank) {
      if (ahead.isEmpty() && !decoder.next(demuxer, ahead)) {
        return;
      }
      boolean veryFirst = fromBeginning && shown.isEmpty();
      if (ahead.rank() > rank && !veryFirst) {
        return;
      }
      RankedFrame free = shown;
      shown = ahead;
      ahead = free;
      ahead.clear();
    }
  }

  private boolean isDamaged(int rank) {
    return shown.isEmpty() || decoder.isDamaged(rank) || decoder.isDamaged(shown.rank());
  }

  @Override
  public void close() {
    shown.close();
    ahead.close();
    decoder.close();
    demuxer.close();
  }
}
