package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private final List<String> ended = Collections.synchronizedList(new ArrayList<>());
  private final Leases<String, String> leases = new Leases<>(ended::add);
  private final AtomicInteger made = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private Leases<String, String>.Lease acquire(String key) {
    return leases.acquire(key, new Cancellation(), () -> key + made.incrementAndGet());
  }

  @Test
  void acquire_sameKey_sharesTheValue() {
    assertThat(acquire("cpu").value()).isSameAs(acquire("cpu").value()).isEqualTo("cpu1");
  }

  @Test
  void acquire_otherKey_makesAnother() {
    assertThat(acquire("cpu").value()).isEqualTo("cpu1");
    assertThat(acquire("cuda").value()).isEqualTo("cuda2");
  }

  @Test
  void close_notTheLast_endsNothing() {
    Leases<String, String>.Lease first = acquire("cpu");
    Leases<String, String>.Lease second = acquire("cpu");
    first.close();
    first.close();
    assertThat(ended).isEmpty();
    second.close();
    assertThat(ended).containsExactly("cpu1");
  }

  @Test
  void acquire_afterTheLastWasClosed_makesAnew() {
    acquire("cpu").close();
    assertThat(acquire("cpu").value()).isEqualTo("cpu2");
  }

  @Test
  void isOf_tellsKeysApart() {
    assertThat(acquire("cpu").isOf("cpu")).isTrue();
    assertThat(acquire("cpu").isOf("cuda")).isFalse();
  }

  @Test
  void acquire_makingFails_nextOneTriesAgain() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    assertThatThrownBy(() -> leases.acquire("cpu", new Cancellation(), failing(failure)))
        .isSameAs(failure);
    assertThat(acquire("cpu").value()).isEqualTo("cpu1");
    assertThat(ended).isEmpty();
  }

  private static Supplier<String> failing(RuntimeException failure) {
    return () -> {
      throw failure;
    };
  }

  @Test
  void acquire_whileAnotherThreadMakesIt_waitsAndShares() throws Exception {
    Maker maker = new Maker();
    Future<Leases<String, String>.Lease> first = threads.submit(maker::acquire);
    maker.begun.await();
    Future<Leases<String, String>.Lease> second = threads.submit(() -> acquire("cpu"));
    maker.mayEnd.countDown();
    assertThat(second.get().value()).isSameAs(first.get().value()).isEqualTo("slow");
    assertThat(made).hasValue(0);
  }

  @Test
  void acquire_cancelledWhileAnotherThreadMakesIt_ends() throws Exception {
    Maker maker = new Maker();
    Future<Leases<String, String>.Lease> first = threads.submit(maker::acquire);
    maker.begun.await();
    Cancellation cancellation = new Cancellation();
    Future<Leases<String, String>.Lease> second =
        threads.submit(() -> leases.acquire("cpu", cancellation, () -> "never"));
    cancellation.cancel();
    assertThatThrownBy(second::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancelledException.class);
    maker.mayEnd.countDown();
    first.get().close();
    assertThat(ended).containsExactly("slow");
  }

  @Test
  void acquireAndClose_manyThreads_endsEveryValueOnce() throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      running.add(threads.submit(this::acquireAndCloseOften));
    }
    for (Future<?> thread : running) {
      thread.get();
    }
    assertThat(ended).doesNotHaveDuplicates().hasSize(made.get());
  }

  private void acquireAndCloseOften() {
    for (int i = 0; i < 500; i++) {
      try (Leases<String, String>.Lease lease = acquire("cpu")) {
        assertThat(ended).doesNotContain(lease.value());
      }
    }
  }

  /** Makes a value as slowly as the test wants. */
  private final class Maker {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    Leases<String, String>.Lease acquire() {
      return leases.acquire("cpu", new Cancellation(), this::make);
    }

    private String make() {
      begun.countDown();
      try {
        mayEnd.await();
        return "slow";
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
