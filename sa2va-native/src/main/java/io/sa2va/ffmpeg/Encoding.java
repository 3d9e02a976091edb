package io.sa2va.ffmpeg;

import org.bytedeco.ffmpeg.global.avutil;

/**
 * How a {@link VideoWriter} encodes.
 *
 * @param codec FFmpeg's name of the encoder
 * @param pixelFormat one of {@code AV_PIX_FMT_*} that the encoder takes
 * @param keyInterval the most frames from one keyframe to the next
 * @param bFrames the most frames in a row that build on later ones
 */
record Encoding(String codec, int pixelFormat, int keyInterval, int bFrames) {
  private static final int KEY_INTERVAL = 30;

  /** H.264, which plays everywhere, where OpenH264 takes the size; else MPEG-4. */
  static Encoding suiting(int width, int height) {
    boolean h264 = width % 2 == 0 && height % 2 == 0 && width >= 16 && height >= 16;
    return new Encoding(h264 ? "libopenh264" : "mpeg4", avutil.AV_PIX_FMT_YUV420P, KEY_INTERVAL, 0);
  }
}
