package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.torch.NativeMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static final int THREADS = 4;

  @Test
  void chat_fourThreadsOnOneModel_answerAsOneAfterAnother() throws Exception {
    List<ChatRequest> requests =
        List.of(
            FixtureCase.of("qwen2", "image_two").request().build(),
            FixtureCase.of("qwen2", "text_only").request().build(),
            video(7),
            FixtureCase.of("qwen2", "image_regions").request().build(),
            video(6),
            FixtureCase.of("qwen2", "image_gcg").request().build());
    try (Sa2VA model = FixtureModel.load("qwen2")) {
      List<Answer> expected = requests.stream().map(model::chat).toList();
      long objects = NativeMemory.liveObjects();
      for (List<Answer> answers : answersOfThreads(model, requests)) {
        for (int i = 0; i < requests.size(); i++) {
          assertSame(answers.get(i), expected.get(i));
        }
      }
      assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
    }
  }

  private static ChatRequest video(int frames) {
    return ChatRequest.builder()
        .video(new DrawnVideo(frames, 96, 64))
        .prompt("Please segment the girl.")
        .build();
  }

  /** Each thread asks all requests, each beginning with another. */
  private static List<List<Answer>> answersOfThreads(Sa2VA model, List<ChatRequest> requests)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<Answer>>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int shift = thread;
        running.add(threads.submit(() -> answersFrom(model, requests, shift)));
      }
      List<List<Answer>> answers = new ArrayList<>();
      for (Future<List<Answer>> thread : running) {
        answers.add(thread.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Answers in the order of the requests. */
  private static List<Answer> answersFrom(Sa2VA model, List<ChatRequest> requests, int shift) {
    List<ChatRequest> turned = new ArrayList<>(requests);
    Collections.rotate(turned, -shift);
    List<Answer> answers = new ArrayList<>(turned.stream().map(model::chat).toList());
    Collections.rotate(answers, shift);
    return answers;
  }

  private static void assertSame(Answer actual, Answer expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(actual.segments().stream().map(Segment::masks))
        .containsExactlyElementsOf(expected.segments().stream().map(Segment::masks).toList());
  }
}
