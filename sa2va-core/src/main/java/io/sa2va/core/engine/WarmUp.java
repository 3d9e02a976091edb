package io.sa2va.core.engine;

import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import java.util.List;

/**
 * The first request of a model, made up: classes load, libtorch prepares its kernels, and the
 * weights' pages are read. A picture, a few words and a mask, so that every part is used.
 */
final class WarmUp {
  private static final int SIDE = 32;
  private static final int TOKENS = 4;

  private boolean done;

  /**
   * Makes the request, unless it was made before; a failed one may be tried again. Who asks while
   * another thread makes it waits for the end.
   */
  synchronized void run(Sa2VA model) {
    if (!done) {
      request(model);
      done = true;
    }
  }

  private static void request(Sa2VA model) {
    Image grey = Image.ofRgb(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
    model.chat(
        ChatRequest.builder()
            .image(grey)
            .prompt("What is this?")
            .generation(generation -> generation.maxNewTokens(TOKENS))
            .build());
    model.segment(grey, List.of(ObjectPrompt.point(SIDE / 2.0, SIDE / 2.0)));
  }
}
