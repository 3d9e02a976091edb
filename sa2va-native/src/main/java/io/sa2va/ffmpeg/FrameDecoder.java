package io.sa2va.ffmpeg;

import java.util.BitSet;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Turns packets into frames, each with its rank (see {@link FrameIndex}), and tells which ranks a
 * damaged packet has spoilt. Owns the codec.
 *
 * <p>Each packet carries its rank through the codec in place of its time; that survives reordering.
 * With it goes the number of the restart, as some codecs give out old frames after one.
 */
final class FrameDecoder implements AutoCloseable {
  /** As many pixels as {@code io.sa2va.Image} takes. */
  static final long MAX_PIXELS = 500_000_000;

  /** Later than every rank. */
  private static final int NEVER = Integer.MAX_VALUE;

  private final FrameIndex index;
  private final AVCodecContext codec;
  private final AVPacket packet;
  private final BitSet damaged = new BitSet();

  private int restarts;
  private boolean awaitsKey;
  private boolean draining;
  private int packetRank;
  private int lastRank;
  private int firstRank;
  private int spoiltFrom;

  FrameDecoder(Demuxer demuxer, FrameIndex index) {
    this.index = index;
    this.codec = open(demuxer);
    this.packet = avcodec.av_packet_alloc();
    restart(true);
  }

  private static AVCodecContext open(Demuxer demuxer) {
    AVCodec decoder = demuxer.decoder();
    AVCodecContext codec = avcodec.avcodec_alloc_context3(decoder);
    String failure =
        "%s holds %s video that cannot be decoded".formatted(demuxer.file(), demuxer.codecName());
    try {
      Ffmpeg.check(avcodec.avcodec_parameters_to_context(codec, demuxer.parameters()), failure);
      codec.max_pixels(MAX_PIXELS);
      Ffmpeg.check(avcodec.avcodec_open2(codec, decoder, (PointerPointer<?>) null), failure);
      return codec;
    } catch (VideoException e) {
      avcodec.avcodec_free_context(codec);
      throw e;
    }
  }

  /**
   * Forgets what went before, because the demuxer has moved.
   *
   * @param toBeginning whether it moved to the beginning of the file, and not to a keyframe, whose
   *     neighbours may refer to frames before it
   */
  void restart(boolean toBeginning) {
    avcodec.avcodec_flush_buffers(codec);
    restarts++;
    damaged.clear();
    awaitsKey = index.hasKeys();
    draining = false;
    packetRank = -1;
    lastRank = -1;
    firstRank = toBeginning ? 0 : NEVER;
    spoiltFrom = NEVER;
  }

  /**
   * Decodes the next frame in the order of showing.
   *
   * @param frame where it goes
   * @return false at the end of the file; the frame is then empty
   */
  boolean next(Demuxer demuxer, RankedFrame frame) {
    frame.clear();
    while (true) {
      int code = avcodec.avcodec_receive_frame(codec, frame.handle());
      if (code >= 0) {
        if (rank(frame)) {
          return true;
        }
        frame.clear();
        continue;
      }
      if (code != avutil.AVERROR_EAGAIN() && code != avutil.AVERROR_EOF()) {
        spoil(packetRank);
      }
      if (draining) {
        return false;
      }
      feed(demuxer);
    }
  }

  /** Whether a frame cannot be trusted, because its packet or one it refers to is damaged. */
  boolean isDamaged(int rank) {
    return damaged.get(rank);
  }

  private void feed(Demuxer demuxer) {
    while (demuxer.next(packet)) {
      boolean key = FrameIndex.isKey(packet);
      if (!awaitsKey || key) {
        awaitsKey = false;
        send(key);
        return;
      }
      avcodec.av_packet_unref(packet);
    }
    draining = true;
    if (avcodec.avcodec_send_packet(codec, null) < 0) {
      spoil(packetRank);
    }
  }

  private void send(boolean key) {
    if (key && firstRank == NEVER) {
      firstRank = index.framesBefore(packet.pts());
    }
    packetRank = index.isTimed() ? index.rankOf(packet) : packetRank + 1;
    packet.pts(packetRank < 0 ? avutil.AV_NOPTS_VALUE : stamp(packetRank));
    packet.dts(avutil.AV_NOPTS_VALUE);
    boolean whole = (packet.flags() & avcodec.AV_PKT_FLAG_CORRUPT) == 0;
    if (avcodec.avcodec_send_packet(codec, packet) < 0 || !whole) {
      spoil(packetRank);
    }
    avcodec.av_packet_unref(packet);
  }

  private long stamp(int rank) {
    return (long) restarts << Integer.SIZE | rank;
  }

  /** Gives a frame its rank, unless it is none that the index knows or that can be trusted. */
  private boolean rank(RankedFrame frame) {
    AVFrame decoded = frame.handle();
    long stamp = decoded.pts();
    boolean stale = stamp >> Integer.SIZE != restarts;
    int rank = index.isTimed() ? (int) stamp : lastRank + 1;
    if (stale || rank <= lastRank || rank < firstRank || rank >= index.count()) {
      return false;
    }
    lastRank = rank;
    frame.setRank(lastRank);
    judge(decoded);
    return true;
  }

  private void judge(AVFrame decoded) {
    boolean faulty =
        decoded.decode_error_flags() != 0 || (decoded.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
    boolean key = (decoded.flags() & AVFrame.AV_FRAME_FLAG_KEY) != 0;
    if (faulty) {
      spoil(lastRank);
    } else if (key && lastRank > spoiltFrom) {
      spoiltFrom = NEVER;
    }
    if (lastRank >= spoiltFrom) {
      damaged.set(lastRank);
    }
  }

  /** Marks a frame and all that may refer to it, until the next keyframe. */
  private void spoil(int rank) {
    int from = Math.max(rank, 0);
    damaged.set(from);
    spoiltFrom = Math.min(spoiltFrom, from);
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(codec);
  }
}
