package io.sa2va.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** The packets of a file's video stream, in the order of the file. Owns the open file. */
final class Demuxer implements AutoCloseable {
  /**
   * The containers that are read. FFmpeg knows more, among them playlists that open other files and
   * formats that take any text for a picture.
   */
  private static final String CONTAINERS =
      "mov,matroska,avi,gif,apng,mpegts,mpeg,flv,asf,ogg,mxf,nut,ivf,dv,h264,hevc,m4v,mpegvideo,obu";

  private final Path file;
  private final AVFormatContext format;
  private final AVStream stream;

  private Demuxer(Path file, AVFormatContext format, AVStream stream) {
    this.file = file;
    this.format = format;
    this.stream = stream;
  }

  static Demuxer open(Path file) {
    Ffmpeg.load();
    checkReadable(file);
    AVFormatContext format = openContainer(file);
    try {
      return new Demuxer(file, format, findVideo(file, format));
    } catch (VideoException e) {
      avformat.avformat_close_input(format);
      throw e;
    }
  }

  private static void checkReadable(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new VideoException("there is no file " + file);
    }
    if (!Files.isReadable(file)) {
      throw new VideoException("the file " + file + " may not be read; check its permissions");
    }
    if (size(file) == 0) {
      throw new VideoException("the file " + file + " is empty");
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new VideoException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static AVFormatContext openContainer(Path file) {
    AVFormatContext format = new AVFormatContext(null);
    AVDictionary options = new AVDictionary(null);
    try (BytePointer url = Ffmpeg.url(file)) {
      avutil.av_dict_set(options, "format_whitelist", CONTAINERS, 0);
      avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
      Ffmpeg.check(
          avformat.avformat_open_input(format, url, null, options),
          file + " is no video of a known kind (MP4, MOV, MKV, WebM, AVI, GIF, …) or is damaged");
      return format;
    } finally {
      avutil.av_dict_free(options);
    }
  }

  private static AVStream findVideo(Path file, AVFormatContext format) {
    Ffmpeg.check(
        avformat.avformat_find_stream_info(format, (PointerPointer<?>) null),
        file + " cannot be read as a video");
    int found =
        avformat.av_find_best_stream(
            format, avutil.AVMEDIA_TYPE_VIDEO, -1, -1, (PointerPointer<?>) null, 0);
    if (found < 0
        || (format.streams(found).disposition() & avformat.AV_DISPOSITION_ATTACHED_PIC) != 0) {
      throw new VideoException(file + " has no video stream");
    }
    for (int i = 0; i < format.nb_streams(); i++) {
      format.streams(i).discard(i == found ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
    return format.streams(found);
  }

  /**
   * Reads the next packet of the video.
   *
   * @param packet where it goes; the caller unreferences it
   * @return false at the end of the file
   */
  boolean next(AVPacket packet) {
    while (true) {
      int code = avformat.av_read_frame(format, packet);
      if (code == avutil.AVERROR_EOF()) {
        return false;
      }
      Ffmpeg.check(code, file + " is damaged or cut short");
      if (packet.stream_index() == stream.index()) {
        forgiveJump(packet);
        return true;
      }
      avcodec.av_packet_unref(packet);
    }
  }

  /** MPEG-TS calls a packet damaged where two recordings were joined. */
  private void forgiveJump(AVPacket packet) {
    if (isContainer("mpegts")) {
      packet.flags(packet.flags() & ~avcodec.AV_PKT_FLAG_CORRUPT);
    }
  }

  /**
   * Goes to a keyframe at or before a time, or somewhere near: containers differ.
   *
   * @return whether the file could be searched
   */
  boolean seek(long time) {
    return avformat.av_seek_frame(format, stream.index(), time, avformat.AVSEEK_FLAG_BACKWARD) >= 0;
  }

  AVCodecParameters parameters() {
    return stream.codecpar();
  }

  /** The decoder of this stream. */
  AVCodec decoder() {
    AVCodec decoder = avcodec.avcodec_find_decoder(parameters().codec_id());
    if (decoder == null) {
      throw new VideoException(
          "%s holds video (%s) that this build of FFmpeg cannot decode; convert it to H.264"
              .formatted(file, codecName()));
    }
    return decoder;
  }

  String codecName() {
    return avcodec.avcodec_get_name(parameters().codec_id()).getString();
  }

  /** Frames a second on average, or 0 where the file does not say. */
  double frameRate() {
    double average = value(stream.avg_frame_rate());
    return average > 0 ? average : value(stream.r_frame_rate());
  }

  private static double value(AVRational ratio) {
    return ratio.den() == 0 ? 0 : (double) ratio.num() / ratio.den();
  }

  /** How many packets the file's own list of the video has, where it has a complete one, else 0. */
  int listedPackets() {
    return isContainer("mov") ? avformat.avformat_index_get_entries_count(stream) : 0;
  }

  private boolean isContainer(String name) {
    return format.iformat().name().getString().startsWith(name);
  }

  /** The most packets that the file can hold: each takes at least a byte. */
  long packetLimit() {
    return size(file);
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    avformat.avformat_close_input(format);
  }
}
