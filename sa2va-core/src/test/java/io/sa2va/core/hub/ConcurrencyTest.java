package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.Sa2VA;
import io.sa2va.error.CancelledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several loads at once, and loads that are stopped. */
class ConcurrencyTest {
  private static final String WEIGHTS = "model.safetensors";

  private final FakeHub hub = new FakeHub();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir Path cache;

  @AfterEach
  void stop() {
    over.countDown();
    threads.shutdownNow();
    hub.close();
  }

  /** Sends some bytes, then nothing until the test is over. */
  private FakeHub.Fault stalled(int bytes) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, bytes);
      exchange.getResponseBody().flush();
      asked.countDown();
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private Path download(Cancellation cancellation) {
    return hub.client(cache).download(FakeHub.ID, null, progress -> {}, cancellation);
  }

  @Test
  void twoLoadsAtOnce_fetchEachFileOnce() throws Exception {
    List<Future<Path>> loads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      loads.add(threads.submit(() -> download(new Cancellation())));
    }

    for (Future<Path> load : loads) {
      assertThat(load.get().resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
    }
    assertThat(hub.contentRequests(WEIGHTS)).hasSize(1);
    assertThat(hub.contentRequests("config.json")).hasSize(1);
  }

  @Test
  @Timeout(20)
  void cancel_whileTheServerIsSilent_endsSoonAndKeepsWhatIsThere() throws Exception {
    hub.fault(WEIGHTS, stalled(3000));
    Cancellation cancellation = new Cancellation();
    Future<Path> load = threads.submit(() -> download(cancellation));
    awaitPartial(3000);

    cancellation.cancel();

    assertThatThrownBy(() -> load.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class)
        .hasMessageContaining("what was fetched is kept");
    assertThat(PartialFile.done(partial(), 20_000)).isEqualTo(3000);
    assertThat(download(new Cancellation()).resolve(WEIGHTS))
        .hasBinaryContent(hub.files.get(WEIGHTS));
    assertThat(hub.contentRequests(WEIGHTS).get(1).header("Range")).isEqualTo("bytes=3000-19999");
  }

  @Test
  @Timeout(20)
  void cancel_throughTheOptionsOfALoad_endsItsDownload() throws Exception {
    hub.fault(WEIGHTS, stalled(3000));
    Cancellation cancellation = new Cancellation();
    Future<Sa2VA> load =
        threads.submit(
            () -> Sa2VA.load(FakeHub.ID, hub.options(cache).cancellation(cancellation).build()));
    awaitPartial(3000);

    cancellation.cancel();

    assertThatThrownBy(() -> load.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(CancelledException.class);
  }

  @Test
  @Timeout(20)
  void interrupt_endsTheLoadAndIsNotSwallowed() throws Exception {
    hub.fault(WEIGHTS, stalled(10));
    List<Boolean> interrupted = new ArrayList<>();
    Thread load =
        new Thread(
            () -> {
              assertThatThrownBy(() -> download(new Cancellation()))
                  .isInstanceOf(CancelledException.class);
              interrupted.add(Thread.currentThread().isInterrupted());
            });
    load.start();
    asked.await();

    load.interrupt();

    load.join(5000);
    assertThat(interrupted).containsExactly(true);
  }

  @Test
  void cancelledBefore_asksNobody() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    assertThatThrownBy(() -> download(cancellation)).isInstanceOf(CancelledException.class);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  @Timeout(20)
  void cancel_whileWaitingForAnotherLoadsLock_ends() throws Exception {
    String etag = FakeHub.etag(WEIGHTS, hub.files.get(WEIGHTS));
    Path lock = cache.resolve(".locks/models--acme--tiny/" + etag + ".lock");
    Cancellation cancellation = new Cancellation();
    try (CacheLock held = CacheLock.acquire(lock, new Cancellation())) {
      assertThat(held).isNotNull();
      Future<Path> load = threads.submit(() -> download(cancellation));

      cancellation.cancel();

      assertThatThrownBy(() -> load.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(CancelledException.class);
    }
  }

  @Test
  @Timeout(20)
  void cancel_whileWaitingToTryAgain_ends() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    assertThatThrownBy(
            () ->
                Backoff.sleeping()
                    .afterFailure(
                        1,
                        new TransientStatusException("busy", Duration.ofSeconds(200)),
                        cancellation))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void lock_isExclusiveAmongThreads_untilItIsClosed() throws IOException {
    Path file = cache.resolve("locks/a.lock");
    try (CacheLock held = CacheLock.acquire(file, new Cancellation())) {
      assertThat(held).isNotNull();
      assertThat(CacheLock.tryAcquire(file)).isEmpty();
    }
    Optional<CacheLock> again = CacheLock.tryAcquire(file);
    assertThat(again).isPresent();
    again.get().close();
  }

  @Test
  @Timeout(60)
  void lock_isExclusiveAmongProcesses() throws Exception {
    Path file = cache.resolve("locks/a.lock");
    Files.createDirectories(file.getParent());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    try (CacheLock held = CacheLock.acquire(file, new Cancellation())) {
      assertThat(held).isNotNull();
      assertThat(tryInAnotherProcess(java, file)).isEqualTo(3);
    }
    assertThat(tryInAnotherProcess(java, file)).isZero();
  }

  private static int tryInAnotherProcess(Path java, Path file) throws Exception {
    return new ProcessBuilder(
            java.toString(),
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            LockProbe.class.getName(),
            file.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Ends with 0 if it gets the lock, with 3 if somebody has it. */
  static final class LockProbe {
    public static void main(String[] args) throws IOException {
      System.exit(CacheLock.tryAcquire(Path.of(args[0])).isPresent() ? 0 : 3);
    }
  }

  private Path partial() {
    String etag = FakeHub.etag(WEIGHTS, hub.files.get(WEIGHTS));
    return cache.resolve("models--acme--tiny/blobs/" + etag + ".sa2va.incomplete");
  }

  private void awaitPartial(long bytes) throws Exception {
    while (PartialFile.done(partial(), 20_000) < bytes) {
      Thread.sleep(10);
    }
  }
}
