package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.DownloadProgress;
import io.sa2va.error.HubException;
import io.sa2va.error.UnsupportedModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a download leaves in the cache when nothing goes wrong. */
class DownloadTest {
  private final FakeHub hub = new FakeHub();
  @TempDir Path cache;

  @AfterEach
  void stopHub() {
    hub.close();
  }

  private Path download() {
    return hub.client(cache).download(FakeHub.ID, null, progress -> {}, new Cancellation());
  }

  @Test
  void download_newModel_hasPythonsLayout() throws IOException {
    Path folder = download();

    Path root = cache.resolve("models--acme--tiny");
    String weights = FakeHub.etag("model.safetensors", hub.files.get("model.safetensors"));
    String config = FakeHub.etag("config.json", hub.files.get("config.json"));
    assertThat(folder).isEqualTo(root.resolve("snapshots").resolve(FakeHub.COMMIT));
    assertThat(Files.readString(root.resolve("refs/main"))).isEqualTo(FakeHub.COMMIT);
    assertThat(Files.readSymbolicLink(folder.resolve("config.json")))
        .isEqualTo(Path.of("../../blobs/" + config));
    assertThat(Files.readSymbolicLink(folder.resolve("model.safetensors")))
        .isEqualTo(Path.of("../../blobs/" + weights));
    assertThat(folder.resolve("model.safetensors"))
        .hasBinaryContent(hub.files.get("model.safetensors"));
    assertThat(root.resolve(".no_exist").resolve(FakeHub.COMMIT).resolve("vocab.json"))
        .isEmptyFile();
    assertThat(names(root.resolve("blobs")))
        .containsExactlyInAnyOrder(
            weights, config, FakeHub.etag("tokenizer.json", hub.files.get("tokenizer.json")));
    assertThat(names(cache.resolve(".locks/models--acme--tiny"))).contains(weights + ".lock");
  }

  @Test
  void download_codeAndPickles_areNeverFetched() throws IOException {
    for (String file :
        List.of("modeling_sa2va_chat.py", "pytorch_model.bin", "optimizer.pt", "README.md")) {
      hub.files.put(file, FakeHub.bytes(10));
    }

    Path folder = download();

    assertThat(names(folder))
        .containsExactlyInAnyOrder("config.json", "tokenizer.json", "model.safetensors");
    assertThat(hub.requests()).noneMatch(request -> request.path().matches(".*\\.(py|bin|pt|md)"));
  }

  @Test
  void download_shards_fetchesThoseOfTheIndex() throws IOException {
    hub.files.put(
        "model.safetensors.index.json",
        """
        {"weight_map": {"a": "model-00001-of-00002.safetensors",
                        "b": "model-00002-of-00002.safetensors"}}
        """
            .getBytes(StandardCharsets.UTF_8));
    hub.files.put("model-00001-of-00002.safetensors", FakeHub.bytes(5000));
    hub.files.put("model-00002-of-00002.safetensors", FakeHub.bytes(6000));
    hub.files.put("other.safetensors", FakeHub.bytes(7000));

    Path folder = download();

    assertThat(names(folder))
        .containsExactlyInAnyOrder(
            "config.json",
            "tokenizer.json",
            "model.safetensors.index.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors");
    assertThat(ModelFiles.missing(folder)).isEmpty();
  }

  @Test
  void download_severalRanges_areFetchedOnceAndFitTogether() {
    HubClient client = hub.client(hub.options(cache).build(), 4);

    Path folder = client.download(FakeHub.ID, null, progress -> {}, new Cancellation());

    assertThat(folder.resolve("model.safetensors"))
        .hasBinaryContent(hub.files.get("model.safetensors"));
    assertThat(hub.contentRequests("model.safetensors"))
        .extracting(request -> request.header("Range"))
        .containsExactlyInAnyOrder(
            "bytes=0-4999", "bytes=5000-9999", "bytes=10000-14999", "bytes=15000-19999");
  }

  @Test
  void download_progress_endsAtEachFilesSizeAndTheTotal() {
    List<DownloadProgress> told = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();

    hub.client(cache)
        .download(
            FakeHub.ID,
            null,
            progress -> {
              told.add(progress);
              threads.add(Thread.currentThread());
            },
            new Cancellation());

    long total = hub.files.values().stream().mapToLong(content -> content.length).sum();
    for (String file : hub.files.keySet()) {
      long size = hub.files.get(file).length;
      assertThat(told).contains(lastOf(told, file)).allMatch(p -> p.allBytesTotal() == total);
      assertThat(lastOf(told, file).bytesDone()).isEqualTo(size);
      assertThat(lastOf(told, file).bytesTotal()).isEqualTo(size);
    }
    assertThat(told.get(told.size() - 1).allBytesDone()).isEqualTo(total);
    assertThat(threads).containsOnly(Thread.currentThread());
  }

  @Test
  void download_listenerThrows_endsWithItsError() {
    HubClient client = hub.client(cache);

    assertThatThrownBy(
            () ->
                client.download(
                    FakeHub.ID,
                    null,
                    progress -> {
                      throw new IllegalStateException("enough");
                    },
                    new Cancellation()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void download_again_fetchesNothing() {
    download();
    int before = hub.requests().size();

    download();

    assertThat(hub.requests().subList(before, hub.requests().size()))
        .allMatch(
            request ->
                request.method().equals("HEAD") || request.path().startsWith("/api/models/"));
  }

  @Test
  void download_newCommitOnTheBranch_fetchesOnlyWhatChanged() throws IOException {
    download();
    hub.commit = "2222222222222222222222222222222222222222";
    hub.files.put("config.json", "{\"changed\": 1}".getBytes(StandardCharsets.UTF_8));

    Path folder = download();

    assertThat(folder).endsWith(Path.of(hub.commit));
    assertThat(folder.resolve("config.json")).hasContent("{\"changed\": 1}");
    assertThat(hub.contentRequests("model.safetensors")).hasSize(1);
    assertThat(cache.resolve("models--acme--tiny/refs/main")).hasContent(hub.commit);
  }

  @Test
  void download_truncatedBlob_isFetchedAgain() throws IOException {
    Path folder = download();
    Files.write(folder.resolve("model.safetensors").toRealPath(), new byte[7]);

    download();

    assertThat(folder.resolve("model.safetensors"))
        .hasBinaryContent(hub.files.get("model.safetensors"));
  }

  @Test
  void download_withoutSymlinks_linksOrCopiesTheBlob() throws IOException {
    HubSettings linked =
        HubSettings.of(hub.options(cache).build(), Map.of("HF_HUB_DISABLE_SYMLINKS", "1"));
    HubClient client = hub.client(linked, new DownloadTuning(4, 1, 1000, folder -> Long.MAX_VALUE));

    Path folder = client.download(FakeHub.ID, null, progress -> {}, new Cancellation());

    assertThat(folder.resolve("model.safetensors"))
        .isRegularFile()
        .hasBinaryContent(hub.files.get("model.safetensors"));
    assertThat(Files.isSymbolicLink(folder.resolve("model.safetensors"))).isFalse();
    assertThat(client.cache().verify(FakeHub.ID, new Cancellation())).isEmpty();
  }

  @Test
  void download_revision_isAskedForAndNoted() {
    hub.client(cache).download(FakeHub.ID + "@refs/pr/1", null, progress -> {}, new Cancellation());

    assertThat(hub.requests().get(0).path())
        .isEqualTo("/api/models/acme/tiny/revision/refs%2Fpr%2F1");
    assertThat(cache.resolve("models--acme--tiny/refs/refs/pr/1")).hasContent(FakeHub.COMMIT);
  }

  @Test
  void download_everyRequest_namesItsClient() {
    download();

    assertThat(hub.requests())
        .allMatch(request -> request.header("User-Agent").startsWith("sa2va-java"))
        .allMatch(request -> request.header("Accept-Encoding").equals("identity"));
  }

  @Test
  void download_withoutSafetensors_saysWhyNothingIsFetched() {
    hub.files.remove("model.safetensors");
    hub.files.put("pytorch_model.bin", FakeHub.bytes(10));

    assertThatThrownBy(this::download)
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("neither model.safetensors nor model.safetensors.index.json")
        .hasMessageContaining("convert them to safetensors");
  }

  @Test
  void download_tooLittleSpace_saysHowMuchIsNeeded() {
    HubSettings settings = HubSettings.of(hub.options(cache).build(), Map.of());
    HubClient client = hub.client(settings, new DownloadTuning(4, 1, 1000, folder -> 100));

    assertThatThrownBy(() -> client.download(FakeHub.ID, null, progress -> {}, new Cancellation()))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("acme/tiny@main needs 20030 bytes more in " + cache)
        .hasMessageContaining("where 100 bytes are free")
        .hasMessageContaining("HF_HUB_CACHE");
  }

  private static DownloadProgress lastOf(List<DownloadProgress> told, String file) {
    return told.stream().filter(p -> p.file().equals(file)).reduce((a, b) -> b).orElseThrow();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
