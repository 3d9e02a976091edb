package io.sa2va.core.engine;

import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The first request of a model, made up: classes load, libtorch prepares its kernels, and the
 * weights' pages are read. A picture, a few words and a mask, so that every part is used.
 */
final class WarmUp {
  private static final int SIDE = 32;
  private static final int TOKENS = 4;

  private final AtomicBoolean done = new AtomicBoolean();

  /** Makes the request, unless it was made before; a failed one may be tried again. */
  void run(Sa2VA model) {
    if (!done.compareAndSet(false, true)) {
      return;
    }
    try {
      Image grey = Image.ofRgb(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
      model.chat(
          ChatRequest.builder()
              .image(grey)
              .prompt("What is this?")
              .generation(generation -> generation.maxNewTokens(TOKENS))
              .build());
      model.segment(grey, List.of(ObjectPrompt.point(SIDE / 2.0, SIDE / 2.0)));
    } catch (RuntimeException e) {
      done.set(false);
      throw e;
    }
  }
}
