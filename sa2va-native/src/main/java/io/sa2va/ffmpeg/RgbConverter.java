package io.sa2va.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * Turns decoded frames of any pixel format and size into 8-bit RGB of one size. Owns its scaler and
 * one frame.
 *
 * <p>8-bit 4:2:0 video, which is nearly all there is, comes out bit for bit as from OpenCV and PyAV
 * on the same processor; other pixel formats a little closer to the source than there, as colour is
 * not halved in width. The colour matrix and range are the ones that the stream names; a stream
 * that names none counts as BT.601 in video range, as in those readers. Transparency is dropped,
 * and high dynamic range is not tone-mapped.
 */
final class RgbConverter implements AutoCloseable {
  private static final int UNIT = 1 << 16;

  private final int width;
  private final int height;
  private final AVFrame rgb;
  private SwsContext scaler = new SwsContext(null);

  RgbConverter(int width, int height) {
    this.width = width;
    this.height = height;
    this.rgb = frame(width, height, avutil.AV_PIX_FMT_RGB24);
  }

  /** A frame with room for its pixels, to be freed by the caller. */
  static AVFrame frame(int width, int height, int pixelFormat) {
    AVFrame frame = avutil.av_frame_alloc();
    frame.width(width).height(height).format(pixelFormat);
    int code = avutil.av_frame_get_buffer(frame, 0);
    if (code < 0) {
      avutil.av_frame_free(frame);
    }
    Ffmpeg.check(code, "no room for a frame of %dx%d pixels".formatted(width, height));
    return frame;
  }

  /** The frame's pixels as (height, width, 3), row by row. */
  byte[] convert(AVFrame frame) {
    SwsContext fitting =
        swscale.sws_getCachedContext(
            scaler,
            frame.width(),
            frame.height(),
            frame.format(),
            width,
            height,
            avutil.AV_PIX_FMT_RGB24,
            swscale.SWS_BICUBIC | swscale.SWS_FULL_CHR_H_INT,
            null,
            null,
            (DoublePointer) null);
    scaler = fitting == null ? new SwsContext(null) : fitting;
    if (fitting == null) {
      throw new VideoException("the frame's pixel format cannot be turned into RGB");
    }
    setColours(frame);
    Ffmpeg.check(
        swscale.sws_scale(
            scaler, frame.data(), frame.linesize(), 0, frame.height(), rgb.data(), rgb.linesize()),
        "a frame cannot be turned into RGB");
    return copy();
  }

  /** Has no effect on frames that are RGB already. */
  private void setColours(AVFrame frame) {
    IntPointer matrix = swscale.sws_getCoefficients(frame.colorspace());
    int fullRange = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
    swscale.sws_setColorspaceDetails(scaler, matrix, fullRange, matrix, 1, 0, UNIT, UNIT);
  }

  private byte[] copy() {
    byte[] pixels = new byte[3 * width * height];
    BytePointer rows = rgb.data(0);
    for (int y = 0; y < height; y++) {
      rows.position((long) y * rgb.linesize(0)).get(pixels, 3 * y * width, 3 * width);
    }
    return pixels;
  }

  @Override
  public void close() {
    swscale.sws_freeContext(scaler);
    scaler = new SwsContext(null);
    avutil.av_frame_free(rgb);
  }
}
