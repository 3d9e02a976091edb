package io.sa2va.core.evaluate;

import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.ObjectPrompt;
import io.sa2va.core.scenes.SampleKind;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A question about a picture or a clip, and its answer.
 *
 * @param kind what it asks for
 * @param name which picture or clip
 * @param request about a picture or a clip
 * @param expected what the model should say, with special tokens
 * @param targets for each {@code [SEG]} of the answer the true mask on each frame
 */
record Question(
    SampleKind kind, String name, ChatRequest request, String expected, List<List<Mask>> targets) {
  Question {
    targets = targets.stream().map(List::copyOf).toList();
  }

  boolean aboutPicture() {
    return request.image() != null;
  }

  /** The picture, or a frame of the clip. */
  Image frame(int index) {
    @Nullable Image picture = request.image();
    return picture != null ? picture : Objects.requireNonNull(request.video()).frame(index);
  }

  /** No mask on any frame. */
  List<Mask> nothing() {
    Mask empty = Mask.empty(targets.get(0).get(0).width(), targets.get(0).get(0).height());
    return IntStream.range(0, targets.get(0).size()).mapToObj(i -> empty).toList();
  }

  /** The masks that go with the prompt. */
  List<Mask> regions() {
    return request.regions().stream().map(ObjectPrompt::mask).filter(Objects::nonNull).toList();
  }
}
