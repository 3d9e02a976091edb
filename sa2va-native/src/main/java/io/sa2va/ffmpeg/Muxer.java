package io.sa2va.ffmpeg;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** A container file with one video stream. Owns the open file. */
final class Muxer implements AutoCloseable {
  private final AVFormatContext format = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();

  /** Begins a file for what a codec encodes; its name's ending chooses the container. */
  Muxer(Path file, AVCodecContext codec) {
    try (BytePointer url = Ffmpeg.url(file)) {
      Ffmpeg.check(
          avformat.avformat_alloc_output_context2(format, null, null, url),
          "no video can be written to a file that ends like " + file.getFileName() + "; use .mp4");
      Ffmpeg.check(
          avformat.avio_open(io, url, avformat.AVIO_FLAG_WRITE), file + " cannot be written");
      format.pb(io);
      begin(codec);
    } catch (VideoException e) {
      close();
      throw e;
    }
  }

  private void begin(AVCodecContext codec) {
    String failure = "the video cannot be begun";
    AVStream stream = avformat.avformat_new_stream(format, null);
    stream.time_base(codec.time_base()).avg_frame_rate(codec.framerate());
    Ffmpeg.check(avcodec.avcodec_parameters_from_context(stream.codecpar(), codec), failure);
    Ffmpeg.check(avformat.avformat_write_header(format, (PointerPointer<?>) null), failure);
  }

  /** Writes all packets that the codec has ready. */
  void writeFrom(AVCodecContext codec) {
    while (true) {
      int code = avcodec.avcodec_receive_packet(codec, packet);
      if (code == avutil.AVERROR_EAGAIN() || code == avutil.AVERROR_EOF()) {
        return;
      }
      Ffmpeg.check(code, "the video cannot be encoded");
      packet.duration(1);
      avcodec.av_packet_rescale_ts(packet, codec.time_base(), format.streams(0).time_base());
      Ffmpeg.check(
          avformat.av_interleaved_write_frame(format, packet), "the video cannot be written");
    }
  }

  void end() {
    Ffmpeg.check(avformat.av_write_trailer(format), "the end of the video cannot be written");
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avformat.avio_closep(io);
    avformat.avformat_free_context(format);
  }
}
