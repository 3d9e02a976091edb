package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and networks that misbehave. */
class DownloadFaultsTest {
  private static final String WEIGHTS = "model.safetensors";

  private final FakeHub hub = new FakeHub();
  @TempDir Path cache;

  @AfterEach
  void stopHub() {
    hub.close();
  }

  private Path download(int ranges) {
    return hub.client(hub.options(cache).build(), ranges)
        .download(FakeHub.ID, null, progress -> {}, new Cancellation());
  }

  private void assertWeightsArrived(Path folder) {
    assertThat(folder.resolve(WEIGHTS)).hasBinaryContent(hub.files.get(WEIGHTS));
  }

  private Path partial() {
    String etag = FakeHub.etag(WEIGHTS, hub.files.get(WEIGHTS));
    return cache.resolve("models--acme--tiny/blobs/" + etag + ".sa2va.incomplete");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void cutConnections_atRandomBytes_areResumed(int ranges) {
    Random random = new Random(7);
    for (int i = 0; i < 30; i++) {
      hub.fault(WEIGHTS, FakeHub.cut(random.nextInt(700)));
    }

    assertWeightsArrived(download(ranges));
  }

  @Test
  void cutConnection_isResumedAtTheNextByte() {
    hub.fault(WEIGHTS, FakeHub.cut(1234));

    assertWeightsArrived(download(1));

    assertThat(hub.contentRequests(WEIGHTS))
        .extracting(request -> request.header("Range"))
        .containsExactly(null, "bytes=1234-19999");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1, 1", "1, 19999", "4, 1", "4, 4999"})
  void brokenOffDownload_isResumedByTheNextOne(int ranges, int breakAfter) throws IOException {
    for (int i = 0; i < 40; i++) {
      hub.fault(WEIGHTS, i < ranges ? FakeHub.cut(breakAfter) : FakeHub.status(404));
    }
    assertThatThrownBy(() -> download(ranges)).isInstanceOf(HubException.class);
    long kept = PartialFile.done(partial(), 20_000);
    int before = hub.contentRequests(WEIGHTS).size();
    hub.clearFaults();

    assertWeightsArrived(download(ranges));

    assertThat(kept).isBetween((long) breakAfter, (long) breakAfter * ranges);
    long asked =
        hub.contentRequests(WEIGHTS).stream()
            .skip(before)
            .mapToLong(DownloadFaultsTest::askedFor)
            .sum();
    assertThat(asked).isEqualTo(20_000 - kept);
    assertThat(partial()).doesNotExist();
  }

  private static long askedFor(FakeHub.Seen request) {
    String range = request.header("Range");
    if (range == null) {
      return 20_000;
    }
    String[] bounds = range.substring("bytes=".length()).split("-", -1);
    return Long.parseLong(bounds[1]) - Long.parseLong(bounds[0]) + 1;
  }

  @Test
  void partialOfOlderPythonTools_isContinued() throws IOException {
    String etag = FakeHub.etag(WEIGHTS, hub.files.get(WEIGHTS));
    Path blobs = Files.createDirectories(cache.resolve("models--acme--tiny/blobs"));
    Files.write(blobs.resolve(etag + ".incomplete"), Arrays.copyOf(hub.files.get(WEIGHTS), 12_000));

    assertWeightsArrived(download(1));

    assertThat(hub.contentRequests(WEIGHTS))
        .extracting(request -> request.header("Range"))
        .containsExactly("bytes=12000-19999");
  }

  @Test
  void damagedPartial_isThrownAwayAndFetchedAfresh() throws IOException {
    Files.createDirectories(partial().getParent());
    Files.write(partial(), new byte[500]);

    assertWeightsArrived(download(1));

    assertThat(hub.contentRequests(WEIGHTS))
        .extracting(request -> request.header("Range"))
        .containsExactly("bytes=500-19999", null);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void serverWithoutRanges_answersWithTheWhole_isUnderstood(int ranges) {
    FakeHub.Fault whole = (exchange, content) -> FakeHub.send(exchange, 200, content);
    hub.fault(WEIGHTS, FakeHub.cut(1000), whole, whole, whole, whole, whole, whole);

    assertWeightsArrived(download(ranges));
  }

  @Test
  void wrongContentRange_isNotWritten() {
    hub.fault(
        WEIGHTS,
        FakeHub.cut(1000),
        (exchange, content) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 500-19999/20000");
          FakeHub.send(exchange, 206, Arrays.copyOfRange(content, 500, 20_000));
        },
        (exchange, content) -> FakeHub.send(exchange, 206, content));

    assertWeightsArrived(download(1));

    assertThat(hub.contentRequests(WEIGHTS)).hasSize(4);
  }

  @Test
  void shorterRangeThanAskedFor_isContinued() {
    hub.fault(
        WEIGHTS,
        FakeHub.cut(1000),
        (exchange, content) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 1000-1999/20000");
          FakeHub.send(exchange, 206, Arrays.copyOfRange(content, 1000, 2000));
        });

    assertWeightsArrived(download(1));

    assertThat(hub.contentRequests(WEIGHTS))
        .extracting(request -> request.header("Range"))
        .containsExactly(null, "bytes=1000-19999", "bytes=2000-19999");
  }

  @Test
  void silentServer_isAskedAgain() {
    hub.fault(
        WEIGHTS,
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 3000);
          exchange.getResponseBody().flush();
          fallSilent();
        });
    HubSettings settings =
        HubSettings.of(hub.options(cache).build(), Map.of("HF_HUB_DOWNLOAD_TIMEOUT", "1"));
    HubClient client =
        hub.client(settings, new DownloadTuning(4, 1, 1000, folder -> Long.MAX_VALUE));

    assertWeightsArrived(client.download(FakeHub.ID, null, progress -> {}, new Cancellation()));

    assertThat(hub.contentRequests(WEIGHTS))
        .extracting(request -> request.header("Range"))
        .containsExactly(null, "bytes=3000-19999");
  }

  /** Sends nothing for a while, which is long against the client's patience. */
  private static void fallSilent() {
    try {
      Thread.sleep(3000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void slowBody_arrives() {
    hub.fault(
        WEIGHTS,
        (exchange, content) -> {
          exchange.sendResponseHeaders(200, content.length);
          for (int at = 0; at < content.length; at += 1000) {
            exchange.getResponseBody().write(content, at, 1000);
            exchange.getResponseBody().flush();
            pause();
          }
        });

    assertWeightsArrived(download(1));

    assertThat(hub.contentRequests(WEIGHTS)).hasSize(1);
  }

  private static void pause() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void checksumMismatch_once_isRepaired() {
    hub.fault(
        WEIGHTS, (exchange, content) -> FakeHub.send(exchange, 200, new byte[content.length]));

    assertWeightsArrived(download(1));
  }

  @Test
  void checksumMismatch_twice_leavesNothing() {
    FakeHub.Fault zeros =
        (exchange, content) -> FakeHub.send(exchange, 200, new byte[content.length]);
    hub.fault(WEIGHTS, zeros, zeros);

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("model.safetensors of acme/tiny@main arrived damaged twice")
        .hasMessageContaining(FakeHub.etag(WEIGHTS, hub.files.get(WEIGHTS)));
    assertThat(partial()).doesNotExist();
    assertThat(cache.resolve("models--acme--tiny/snapshots/" + FakeHub.COMMIT + "/" + WEIGHTS))
        .doesNotExist();
    assertThat(cache.resolve("models--acme--tiny/refs/main")).doesNotExist();
  }

  @Test
  void smallFile_wrongGitSha1_isRefused() {
    FakeHub.Fault other =
        (exchange, content) -> FakeHub.send(exchange, 200, new byte[content.length]);
    hub.fault("config.json", other, other);

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("config.json")
        .hasMessageContaining("GIT_SHA1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"19000", "21000"})
  void lyingLength_isRefused(String size) {
    hub.lies.put("X-Linked-Size", size);

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("model.safetensors of acme/tiny@main arrived damaged twice")
        .hasMessageContaining("but it has 20000 bytes");
    assertThat(hub.pauses).isEmpty();
  }

  @Test
  void missingLength_isFoundOut() {
    hub.fault(
        "HEAD " + WEIGHTS,
        (exchange, content) -> {
          exchange.getResponseHeaders().set("ETag", "\"" + FakeHub.etag(WEIGHTS, content) + "\"");
          exchange.sendResponseHeaders(200, -1);
        });

    assertWeightsArrived(download(1));
  }

  @Test
  void mirrorThatRedirectsToTheHub_isFollowed() {
    String elsewhere = hub.storageAddress() + "/bucket/" + WEIGHTS;
    hub.fault("HEAD " + WEIGHTS, FakeHub.status(308, "Location", elsewhere));

    assertWeightsArrived(download(1));
  }

  @Test
  void etagThatIsNoChecksum_isRefused() {
    hub.lies.put("X-Linked-ETag", "\"../../../evil\"");

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("no checksum for model.safetensors");
  }

  @Test
  void fileChangedInBetween_isNotMixed() {
    byte[] old = hub.files.get(WEIGHTS);
    hub.fault(
        WEIGHTS,
        FakeHub.cut(5000),
        (exchange, content) -> {
          hub.commit = "2222222222222222222222222222222222222222";
          hub.files.put(WEIGHTS, new byte[old.length]);
          FakeHub.sendRanged(exchange, new byte[old.length], old.length);
        });

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("arrived damaged twice");
    assertWeightsArrived(download(1));
  }

  @Test
  void hubAnswersWithAnotherCommit_isRefused() {
    hub.lies.put("X-Repo-Commit", "3333333333333333333333333333333333333333");

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("answered with commit 3333333333333333333333333333333333333333");
  }

  @Test
  void retryAfter_isWaitedFor() {
    hub.fault(WEIGHTS, FakeHub.status(429, "Retry-After", "17"), FakeHub.status(503));
    hub.fault("listing", FakeHub.status(429, "RateLimit", "\"api\";r=0;t=55"));

    assertWeightsArrived(download(1));

    assertThat(hub.pauses)
        .containsExactly(Duration.ofSeconds(56), Duration.ofSeconds(17), Duration.ofSeconds(2));
  }

  @Test
  void serverErrors_areRetriedWithBackoff_thenReported() {
    FakeHub.Fault broken = FakeHub.status(500);
    hub.fault(WEIGHTS, broken, broken, broken, broken, broken, broken);

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("broke off")
        .hasMessageContaining("answered 500")
        .hasMessageContaining("run it again")
        .message()
        .doesNotContain("Signature");
    assertThat(hub.pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 8L);
  }

  @Test
  void compressedAnswer_isRefused() {
    hub.fault(
        WEIGHTS,
        (exchange, content) -> {
          exchange.getResponseHeaders().set("Content-Encoding", "gzip");
          FakeHub.send(exchange, 200, content);
        });

    assertThatThrownBy(() -> download(1))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Content-Encoding gzip");
  }
}
