package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.WorkCount;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final ChatRequest REQUEST = FixtureCase.of("qwen2", "image_two").request().build();

  @Test
  void warmUp_once_changesNoAnswerAndLeavesNothing() {
    try (Sa2VA cold = FixtureModel.load("qwen2");
        Sa2VA warm = FixtureModel.load("qwen2")) {
      Answer expected = cold.chat(REQUEST);
      long objects = NativeMemory.liveObjects();
      warm.warmUp();
      assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
      assertThat(warm.chat(REQUEST)).usingRecursiveComparison().isEqualTo(expected);
    }
  }

  @Test
  void warmUp_twice_worksOnce() {
    try (Sa2VA model = FixtureModel.load("qwen2")) {
      WorkCount before = WorkCount.now();
      model.warmUp();
      WorkCount after = WorkCount.now();
      model.warmUp();
      assertThat(after.since(before).operations()).isPositive();
      assertThat(WorkCount.now()).isEqualTo(after);
    }
  }

  @Test
  void warmUp_closedModel_isRefused() {
    Sa2VA model = FixtureModel.load("qwen2");
    model.close();
    assertThatThrownBy(model::warmUp).isInstanceOf(IllegalStateException.class);
  }
}
