package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.WorkCount;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
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
  void run_whileAnotherThreadWarmsUp_waitsForIt() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger chats = new AtomicInteger();
    Sa2VA model =
        onChat(
            () -> {
              chats.incrementAndGet();
              begun.countDown();
              Uninterruptibles.awaitUninterruptibly(go);
            });
    WarmUp warmUp = new WarmUp();
    Thread first = new Thread(() -> warmUp.run(model));
    Thread second = new Thread(() -> warmUp.run(model));
    first.start();
    begun.await();
    second.start();
    while (second.getState() == Thread.State.NEW || second.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    assertThat(second.getState()).isEqualTo(Thread.State.BLOCKED);
    go.countDown();
    first.join();
    second.join();
    assertThat(chats).hasValue(1);
  }

  @Test
  void run_afterAnError_triesAgain() {
    AtomicInteger chats = new AtomicInteger();
    Sa2VA model =
        onChat(
            () -> {
              if (chats.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("on purpose");
              }
            });
    WarmUp warmUp = new WarmUp();
    assertThatThrownBy(() -> warmUp.run(model)).isInstanceOf(NoClassDefFoundError.class);
    warmUp.run(model);
    warmUp.run(model);
    assertThat(chats).hasValue(2);
  }

  private static Sa2VA onChat(Runnable work) {
    return (Sa2VA)
        Proxy.newProxyInstance(
            WarmUpTest.class.getClassLoader(),
            new Class<?>[] {Sa2VA.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("chat")) {
                work.run();
              }
              return null;
            });
  }

  @Test
  void warmUp_closedModel_isRefused() {
    Sa2VA model = FixtureModel.load("qwen2");
    model.close();
    assertThatThrownBy(model::warmUp).isInstanceOf(IllegalStateException.class);
  }
}
