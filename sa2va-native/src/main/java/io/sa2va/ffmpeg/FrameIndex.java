package io.sa2va.ffmpeg;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * When each frame of a file is shown, found by reading its packets without decoding them. A frame's
 * rank is its place in the order of showing, from 0. Immutable.
 *
 * <p>A file that does not say when its frames are shown (AVI with B-frames, raw streams) can be
 * read from its beginning only; its index counts the frames and knows no times.
 */
final class FrameIndex {
  private static final int VP8_SHOWN = 0x10;

  private final int count;
  private final long[] times;
  private final long[] keyTimes;

  private FrameIndex(int count, long[] times, long[] keyTimes) {
    this.count = count;
    this.times = times;
    this.keyTimes = keyTimes;
  }

  /** Reads all packets of a file that was just opened. */
  static FrameIndex of(Demuxer demuxer) {
    LongStream.Builder times = LongStream.builder();
    LongStream.Builder keyTimes = LongStream.builder();
    AVPacket packet = avcodec.av_packet_alloc();
    boolean keySeen = false;
    long packets = 0;
    long limit = demuxer.packetLimit();
    try {
      while (demuxer.next(packet)) {
        if (++packets > limit) {
          throw new VideoException(demuxer.file() + " is damaged: it has more frames than bytes");
        }
        if (isKey(packet)) {
          if (!keySeen) {
            times = LongStream.builder(); // what comes before cannot be decoded
          }
          keySeen = true;
          keyTimes.add(packet.pts());
        }
        if (isShown(packet, demuxer)) {
          times.add(packet.pts());
        }
        avcodec.av_packet_unref(packet);
      }
    } finally {
      avcodec.av_packet_free(packet);
    }
    checkWhole(demuxer, packets);
    return of(demuxer, times.build().sorted().toArray(), keyTimes.build().sorted().toArray());
  }

  private static FrameIndex of(Demuxer demuxer, long[] times, long[] keyTimes) {
    if (times.length == 0) {
      throw new VideoException(demuxer.file() + " has no frames");
    }
    boolean timed = times[0] != avutil.AV_NOPTS_VALUE;
    for (int i = 1; i < times.length; i++) {
      timed &= times[i] != times[i - 1];
    }
    return timed
        ? new FrameIndex(times.length, times, keyTimes)
        : new FrameIndex(times.length, new long[0], new long[0]);
  }

  private static void checkWhole(Demuxer demuxer, long packets) {
    int listed = demuxer.listedPackets();
    if (packets < listed) {
      throw new VideoException(
          "%s is cut short: it holds %d of its %d frames"
              .formatted(demuxer.file(), packets, listed));
    }
  }

  static boolean isKey(AVPacket packet) {
    return (packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0;
  }

  /** Whether a packet becomes a frame: edit lists cut some, and VP8 has some only to refer to. */
  private static boolean isShown(AVPacket packet, Demuxer demuxer) {
    if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0) {
      return false;
    }
    boolean hidden =
        demuxer.parameters().codec_id() == avcodec.AV_CODEC_ID_VP8
            && packet.size() > 0
            && (packet.data().get() & VP8_SHOWN) == 0;
    return !hidden;
  }

  /** The number of frames. */
  int count() {
    return count;
  }

  /** Whether the file says when its frames are shown. */
  boolean isTimed() {
    return times.length > 0;
  }

  /** Whether decoding can begin at keyframes only, which the file marks. */
  boolean hasKeys() {
    return keyTimes.length > 0;
  }

  /** The rank of the frame of a packet, or -1 if it is not shown. */
  int rankOf(AVPacket packet) {
    boolean discarded = (packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0;
    return discarded ? -1 : Math.max(-1, Arrays.binarySearch(times, packet.pts()));
  }

  /** How many frames are shown before a time. */
  int framesBefore(long time) {
    int place = Arrays.binarySearch(times, time);
    return place >= 0 ? place : -place - 1;
  }

  /** When the last keyframe at or before a frame is shown, or else the first keyframe. */
  long keyTime(int rank) {
    int place = Arrays.binarySearch(keyTimes, times[rank]);
    return keyTimes[Math.max(0, place >= 0 ? place : -place - 2)];
  }

  /** The rank from which decoding must begin to reach a frame. */
  int keyRank(int rank) {
    return hasKeys() ? framesBefore(keyTime(rank)) : 0;
  }
}
