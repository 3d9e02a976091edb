package io.sa2va.ffmpeg;

import io.sa2va.torch.PointerLimits;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;

/** The native runtime: loads FFmpeg once, and words its errors. */
final class Ffmpeg {
  /** What FFmpeg says of a lack of memory: minus ENOMEM, which is 12 on every platform of ours. */
  private static final int OUT_OF_MEMORY = -12;

  private static boolean loaded;

  private Ffmpeg() {}

  /** Loads the native libraries; calling it again is free. */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    PointerLimits.lift();
    try {
      Loader.load(avutil.class);
      Loader.load(avcodec.class);
      Loader.load(avformat.class);
      Loader.load(swscale.class);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new VideoException(
          "FFmpeg does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + "; add the org.bytedeco:ffmpeg and javacpp jars with this platform's classifier"
              + " (linux-x86_64, macosx-arm64 or windows-x86_64): "
              + e.getMessage(),
          e);
    }
    // What goes wrong is in our exceptions; a host that has chosen another level keeps it.
    if (avutil.av_log_get_level() == avutil.AV_LOG_INFO) {
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }
    loaded = true;
  }

  /** A file as FFmpeg names it, so that no part of its name is taken for a protocol. */
  static BytePointer url(Path file) {
    return text("file:" + file.toAbsolutePath());
  }

  /** A C string, to be closed by the caller. */
  static BytePointer text(String value) {
    return new BytePointer(value, StandardCharsets.UTF_8);
  }

  /** Throws if FFmpeg answered with an error. */
  static int check(int code, String failure) {
    if (code < 0) {
      throw new VideoException(failure + ": " + describe(code));
    }
    return code;
  }

  private static String describe(int code) {
    if (code == OUT_OF_MEMORY) {
      return "there is not enough memory";
    }
    byte[] text = new byte[256];
    avutil.av_strerror(code, text, text.length);
    int length = 0;
    while (length < text.length && text[length] != 0) {
      length++;
    }
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }
}
