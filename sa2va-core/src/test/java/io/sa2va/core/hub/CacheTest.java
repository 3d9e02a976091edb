package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sa2va.BrokenFile;
import io.sa2va.CachedModel;
import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import io.sa2va.error.HubException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resolving names against folders and the cache, and looking after the cache. */
class CacheTest {
  private final FakeHub hub = new FakeHub();
  @TempDir Path folder;

  @AfterEach
  void stopHub() {
    hub.close();
  }

  private Path cache() {
    return folder.resolve("hub");
  }

  private HubClient offline() {
    return hub.client(hub.options(cache()).offline(true).build(), 1);
  }

  private static Path resolve(HubClient client, String name) {
    return client.resolve(name, null, progress -> {}, new Cancellation());
  }

  /** Lays out a complete model as huggingface_hub does. */
  private Path pythonModel(String id, String commit) throws IOException {
    Path root = cache().resolve("models--" + id.replace("/", "--"));
    Path snapshot = Files.createDirectories(root.resolve("snapshots").resolve(commit));
    Files.createDirectories(root.resolve("blobs"));
    Files.createDirectories(root.resolve("refs"));
    Files.writeString(root.resolve("refs/main"), commit);
    for (String file : hub.files.keySet()) {
      byte[] content = hub.files.get(file);
      String etag = FakeHub.etag(file, content);
      Files.write(root.resolve("blobs").resolve(etag), content);
      Files.createSymbolicLink(snapshot.resolve(file), Path.of("../../blobs", etag));
    }
    return snapshot;
  }

  @Test
  void resolve_existingFolder_wins() throws IOException {
    Path model = Files.createDirectories(folder.resolve("acme/tiny"));

    assertThat(resolve(offline(), model.toString())).isEqualTo(model);
  }

  @Test
  void resolve_nothing_isNotTheCurrentFolder() {
    assertThatThrownBy(() -> resolve(offline(), "")).isInstanceOf(ModelNotFoundException.class);
  }

  @Test
  void resolve_file_saysToNameItsFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), "{}");

    assertThatThrownBy(() -> resolve(offline(), file.toString()))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("is a file; name the folder");
  }

  @Test
  void resolve_neitherFolderNorName_suggestsNearNames() {
    assertThatThrownBy(() -> resolve(offline(), "Sa2VA-4b"))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("\"Sa2VA-4b\" is neither a folder on this machine nor a hub name")
        .hasMessageContaining("Did you mean ByteDance/Sa2VA-4B");
  }

  @Test
  void resolve_modelThatPythonFetched_fetchesNothing() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);

    assertThat(resolve(hub.client(cache()), "acme/tiny")).isEqualTo(snapshot);

    assertThat(hub.requests()).hasSize(1);
  }

  @Test
  void resolve_pinnedCommitInTheCache_asksNobody() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);

    assertThat(resolve(hub.client(cache()), "acme/tiny@" + FakeHub.COMMIT)).isEqualTo(snapshot);

    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void resolve_pinnedCommit_refusesAnother() {
    String other = "2222222222222222222222222222222222222222";

    assertThatThrownBy(() -> resolve(hub.client(cache()), "acme/tiny@" + other))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("acme/tiny@" + other + " was asked for")
        .hasMessageContaining("answered with commit " + FakeHub.COMMIT);
  }

  @Test
  void resolve_blobInPythonsSharedStore_isFollowed() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    Path blob = snapshot.resolve("model.safetensors").toRealPath();
    Path shared =
        Files.createDirectories(cache().resolve("blobs/ab")).resolve("ab" + "0".repeat(62));
    Files.move(blob, shared);
    Files.createSymbolicLink(blob, Path.of("../../blobs/ab", shared.getFileName().toString()));

    assertThat(resolve(offline(), "acme/tiny")).isEqualTo(snapshot);
    assertThat(offline().cache().verify("acme/tiny", new Cancellation())).isEmpty();
    assertThat(offline().cache().models().get(0).bytes()).isGreaterThan(20_000);
  }

  @Test
  void resolve_offline_takesTheCache() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);

    assertThat(resolve(offline(), "acme/tiny")).isEqualTo(snapshot);
    assertThat(hub.requests()).isEmpty();
  }

  @Test
  void resolve_offlineWithoutIt_saysWhatThereIs() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);

    assertThatThrownBy(() -> resolve(offline(), "ByteDance/Sa2VA-4B"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("ByteDance/Sa2VA-4B@main is not in the cache")
        .hasMessageContaining("HF_HUB_OFFLINE")
        .hasMessageContaining("holds acme/tiny");
  }

  @Test
  void resolve_offlineWithHalfOfIt_namesWhatIsMissing() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    Files.delete(snapshot.resolve("model.safetensors").toRealPath());

    assertThatThrownBy(() -> resolve(offline(), "acme/tiny"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("is only partly in the cache, without model.safetensors")
        .hasMessageContaining("holds no complete model");
  }

  @Test
  void resolve_halfOfIt_fetchesTheRest() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    Files.delete(snapshot.resolve("model.safetensors").toRealPath());

    assertThat(resolve(hub.client(cache()), "acme/tiny")).isEqualTo(snapshot);

    assertThat(snapshot.resolve("model.safetensors")).exists();
    assertThat(hub.contentRequests("config.json")).isEmpty();
  }

  @Test
  void resolve_hubDown_takesTheCache() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    HubClient client = hub.client(cache());
    hub.close();

    assertThat(resolve(client, "acme/tiny")).isEqualTo(snapshot);
    assertThat(hub.pauses).isEmpty();
  }

  @Test
  void resolve_newCommitCannotBeFetched_doesNotPassTheOldOneOff() throws IOException {
    pythonModel("acme/tiny", "2222222222222222222222222222222222222222");
    hub.files.put("config.json", "{\"new\": 1}".getBytes(StandardCharsets.UTF_8));
    FakeHub.Fault other =
        (exchange, content) -> FakeHub.send(exchange, 200, new byte[content.length]);
    hub.fault("config.json", other, other);

    assertThatThrownBy(() -> resolve(hub.client(cache()), "acme/tiny"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("arrived damaged twice");
  }

  @Test
  void models_listsRevisionsAndSize() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);
    Path old = pythonModel("acme/tiny", "2222222222222222222222222222222222222222");
    Files.delete(old.resolve("config.json"));
    Files.createDirectories(cache().resolve("datasets--acme--tiny"));
    Files.createDirectories(cache().resolve(".locks/models--acme--tiny"));

    List<CachedModel> models = offline().cache().models();

    long bytes = hub.files.values().stream().mapToLong(content -> content.length).sum();
    assertThat(models)
        .containsExactly(
            new CachedModel(
                "acme/tiny",
                bytes,
                List.of(
                    new CachedModel.Revision(FakeHub.COMMIT, List.of(), true),
                    new CachedModel.Revision(
                        "2222222222222222222222222222222222222222", List.of("main"), false))));
  }

  @Test
  void models_filesBeingMade_areNotCounted() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    Files.writeString(snapshot.resolve("config.json.1f.tmp"), "{");
    Files.writeString(snapshot.resolve("../../refs/main.1f.tmp"), FakeHub.COMMIT);

    CachedModel model = offline().cache().models().get(0);

    assertThat(model.revisions().get(0).refs()).containsExactly("main");
    assertThat(offline().cache().verify("acme/tiny", new Cancellation())).isEmpty();
  }

  @Test
  void models_noCache_isEmpty() {
    assertThat(offline().cache().models()).isEmpty();
  }

  @Test
  void verify_soundModel_findsNothing() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);

    assertThat(offline().cache().verify("acme/tiny", new Cancellation())).isEmpty();
  }

  @Test
  void verify_flippedBitAndMissingBlob_areFound() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    byte[] content = hub.files.get("model.safetensors").clone();
    content[9999] ^= 1;
    Files.write(snapshot.resolve("model.safetensors"), content);
    Files.delete(snapshot.resolve("config.json").toRealPath());

    assertThat(offline().cache().verify("acme/tiny", new Cancellation()))
        .extracting(BrokenFile::file, BrokenFile::problem)
        .containsExactly(
            tuple("config.json", "its blob is missing"),
            tuple(
                "model.safetensors",
                "its SHA256 should be "
                    + FakeHub.etag("model.safetensors", hub.files.get("model.safetensors"))
                    + ", but is another"));
  }

  @Test
  void verify_damagedCopy_isFound() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    Path file = snapshot.resolve("model.safetensors");
    Files.delete(file);
    Files.write(file, new byte[20_000]);

    assertThat(offline().cache().verify("acme/tiny@main", new Cancellation()))
        .extracting(BrokenFile::file)
        .containsExactly("model.safetensors");
  }

  @Test
  void verify_cancelled_ends() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    assertThatThrownBy(() -> offline().cache().verify("acme/tiny", cancellation))
        .isInstanceOf(CancelledException.class);
  }

  @Test
  void verify_modelThatIsNotHere_saysWhatIs() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);

    assertThatThrownBy(() -> offline().cache().verify("acme/other", new Cancellation()))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("acme/other is not in the cache")
        .hasMessageContaining("[acme/tiny]");
  }

  @Test
  void remove_model_leavesTheOthers() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);
    pythonModel("acme/other", FakeHub.COMMIT);

    offline().cache().remove("acme/tiny");

    assertThat(offline().cache().models())
        .extracting(CachedModel::name)
        .containsExactly("acme/other");
  }

  @Test
  void remove_linksAreNotFollowed() throws IOException {
    Path snapshot = pythonModel("acme/tiny", FakeHub.COMMIT);
    Path precious = Files.createDirectories(folder.resolve("precious"));
    Files.writeString(precious.resolve("file"), "keep");
    Files.createSymbolicLink(snapshot.resolve("link"), precious);

    offline().cache().remove("acme/tiny");

    assertThat(precious.resolve("file")).hasContent("keep");
  }

  @Test
  void remove_whileItIsFetched_isRefused() throws IOException {
    pythonModel("acme/tiny", FakeHub.COMMIT);
    Path lock = cache().resolve(".locks/models--acme--tiny/x.lock");

    try (CacheLock held = CacheLock.acquire(lock, new Cancellation())) {
      assertThat(held).isNotNull();
      assertThatThrownBy(() -> offline().cache().remove("acme/tiny"))
          .isInstanceOf(HubException.class)
          .hasMessageContaining("acme/tiny is being fetched");
    }
    assertThat(cache().resolve("models--acme--tiny")).exists();
  }

  @Test
  void remove_oneRevision_isNotOffered() {
    assertThatThrownBy(() -> offline().cache().remove("acme/tiny@v1"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("name it acme/tiny");
  }
}
