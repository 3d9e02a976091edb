package io.sa2va.core.evaluate;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.finish.Phrases;
import io.sa2va.core.finish.ReadableText;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Answers requests by a function and notes what it was asked. */
final class FakeModel {
  private final Function<ChatRequest, Answer> answers;
  private final List<ChatRequest> asked = new ArrayList<>();

  FakeModel(Function<ChatRequest, Answer> answers) {
    this.answers = answers;
  }

  /** An answer as the library makes it from what the model wrote and drew. */
  static Answer answer(String raw, List<List<Mask>> tracks) {
    List<Segment> segments = new ArrayList<>();
    for (List<Mask> masks : tracks) {
      int index = segments.size();
      segments.add(
          Segment.builder().index(index).phrase(Phrases.of(raw).get(index)).masks(masks).build());
    }
    ReadableText text = new ReadableText(List.of("<p>", "</p>"), List.of(), piece -> {});
    text.append(raw);
    return Answer.builder().text(text.finish()).rawText(raw).segments(segments).build();
  }

  List<ChatRequest> asked() {
    return asked;
  }

  /** Knows chat requests alone, whatever else models can do. */
  Sa2VA asModel() {
    return (Sa2VA)
        Proxy.newProxyInstance(
            FakeModel.class.getClassLoader(),
            new Class<?>[] {Sa2VA.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("chat") && arguments[0] instanceof ChatRequest request) {
                return chat(request);
              }
              throw new UnsupportedOperationException(method.toString());
            });
  }

  private Answer chat(ChatRequest request) {
    asked.add(request);
    return answers.apply(request);
  }
}
