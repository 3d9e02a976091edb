package io.sa2va.ffmpeg;

import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerPointer;

/** Turns RGB pictures into frames for a codec, and holds that codec. Owns both. */
final class Encoder implements AutoCloseable {
  private static final int MICROS = 1_000_000;

  /** MPEG-4 counts a second in at most so many parts. */
  private static final int MAX_PARTS = 65_535;

  /** Enough for drawings over pictures to stay sharp. */
  private static final double BITS_PER_PIXEL = 0.2;

  /** Below it OpenH264 leaves out small changes. */
  private static final double LEAST_BITS_PER_SECOND = 1e6;

  /** From 1, best, to 31; for codecs that hold a quality rather than a bit rate. */
  private static final int QUALITY = 3;

  private final AVCodecContext codec;
  private final AVFrame rgb;
  private final AVFrame encoded;
  private final SwsContext scaler;
  private long frames;

  private Encoder(AVCodecContext codec) {
    int width = codec.width();
    int height = codec.height();
    this.codec = codec;
    this.rgb = RgbConverter.frame(width, height, avutil.AV_PIX_FMT_RGB24);
    this.encoded = RgbConverter.frame(width, height, codec.pix_fmt());
    this.scaler =
        swscale.sws_getContext(
            width,
            height,
            avutil.AV_PIX_FMT_RGB24,
            width,
            height,
            codec.pix_fmt(),
            swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND,
            null,
            null,
            (DoublePointer) null);
  }

  static Encoder open(Encoding encoding, int width, int height, double rate) {
    AVCodec found = avcodec.avcodec_find_encoder_by_name(encoding.codec());
    if (found == null) {
      throw new VideoException("this build of FFmpeg has no encoder " + encoding.codec());
    }
    AVCodecContext codec = avcodec.avcodec_alloc_context3(found);
    try {
      codec.width(width).height(height).pix_fmt(encoding.pixelFormat());
      setFrameRate(codec, rate);
      codec.gop_size(encoding.keyInterval()).max_b_frames(encoding.bFrames());
      double bits = Math.max(LEAST_BITS_PER_SECOND, BITS_PER_PIXEL * width * height * rate);
      codec.bit_rate((long) bits);
      codec.global_quality(QUALITY * avutil.FF_QP2LAMBDA);
      codec.colorspace(avutil.AVCOL_SPC_SMPTE170M).color_range(avutil.AVCOL_RANGE_MPEG);
      codec.flags(avcodec.AV_CODEC_FLAG_QSCALE | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER);
      Ffmpeg.check(
          avcodec.avcodec_open2(codec, found, (PointerPointer<?>) null),
          "%s cannot encode %dx%d at %s frames a second"
              .formatted(encoding.codec(), width, height, rate));
      return new Encoder(codec);
    } catch (VideoException e) {
      avcodec.avcodec_free_context(codec);
      throw e;
    }
  }

  private static void setFrameRate(AVCodecContext codec, double rate) {
    int[] frames = new int[1];
    int[] seconds = new int[1];
    avutil.av_reduce(frames, seconds, Math.round(rate * MICROS), MICROS, MAX_PARTS);
    codec.framerate().num(frames[0]).den(seconds[0]);
    codec.time_base().num(seconds[0]).den(frames[0]);
  }

  /** The codec, borrowed: packets come out of it. */
  AVCodecContext codec() {
    return codec;
  }

  /** How many pictures the codec was given. */
  long frames() {
    return frames;
  }

  /** Gives the codec one picture of shape (height, width, 3). */
  void send(byte[] pixels) {
    int expected = 3 * rgb.width() * rgb.height();
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "a frame of %dx%d pixels has %d bytes, but there were %d"
              .formatted(rgb.width(), rgb.height(), expected, pixels.length));
    }
    BytePointer rows = rgb.data(0);
    for (int y = 0; y < rgb.height(); y++) {
      rows.position((long) y * rgb.linesize(0)).put(pixels, 3 * y * rgb.width(), 3 * rgb.width());
    }
    String failure = "frame " + frames + " cannot be encoded";
    Ffmpeg.check(avutil.av_frame_make_writable(encoded), failure);
    Ffmpeg.check(
        swscale.sws_scale(
            scaler,
            rgb.data(),
            rgb.linesize(),
            0,
            rgb.height(),
            encoded.data(),
            encoded.linesize()),
        failure);
    encoded.pts(frames++);
    Ffmpeg.check(avcodec.avcodec_send_frame(codec, encoded), failure);
  }

  /** Makes the codec give out what it holds back. */
  void end() {
    Ffmpeg.check(avcodec.avcodec_send_frame(codec, null), "the last frames cannot be encoded");
  }

  @Override
  public void close() {
    swscale.sws_freeContext(scaler);
    avutil.av_frame_free(rgb);
    avutil.av_frame_free(encoded);
    avcodec.avcodec_free_context(codec);
  }
}
