package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hubs and caches that try to lead out of the cache. */
class UntrustedFilesTest {
  private final FakeHub hub = new FakeHub();
  @TempDir Path folder;
  private Path cache;

  @BeforeEach
  void placeCache() {
    cache = folder.resolve("cache");
  }

  @AfterEach
  void stopHub() {
    hub.close();
  }

  private Path resolve() {
    return hub.client(cache).resolve(FakeHub.ID, null, progress -> {}, new Cancellation());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.json",
        "a/../../evil.json",
        "/etc/evil.json",
        "..\\\\\\\\evil.json",
        "C:/evil.json",
        "a//b.json",
        "./config.json",
        "a\\u0000.json",
        ""
      })
  void listing_nameThatLeavesTheFolder_isRefused(String name) {
    hub.listing =
        "{\"sha\": \"%s\", \"siblings\": [{\"rfilename\": \"config.json\"}, {\"rfilename\": \"%s\"}]}"
            .formatted(FakeHub.COMMIT, name.replace("\\\\\\\\", "\\\\"));

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("acme/tiny@main lists a file named \"")
        .hasMessageContaining("could leave the model's folder");
    assertThat(cache).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../config.json", "sub/x.safetensors", "pytorch_model.bin"})
  void index_shardThatIsNoPlainSafetensorsFile_isRefused(String shard) {
    hub.files.put(
        ModelFiles.INDEX,
        "{\"weight_map\": {\"a\": \"%s\"}}".formatted(shard).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("names the shard \"" + shard + "\"");
  }

  @Test
  void index_shardThatTheRepositoryLacks_isNamed() {
    hub.files.put(
        ModelFiles.INDEX,
        "{\"weight_map\": {\"a\": \"b.safetensors\"}}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("b.safetensors, which the repository does not have");
  }

  @Test
  void listing_tooDeep_isRefused() {
    hub.listing = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("is not readable JSON")
        .hasMessageContaining("nesting depth");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>",
        "[]",
        "{}",
        "{\"sha\": \"../x\"}",
        "{\"sha\": \"" + FakeHub.COMMIT + "\"}"
      })
  void listing_thatIsNone_isRefused(String text) {
    hub.listing = text;

    assertThatThrownBy(this::resolve).isInstanceOf(HubException.class);
    assertThat(cache).doesNotExist();
  }

  @Test
  void snapshotLink_outOfTheCache_isRefused() throws IOException {
    Path snapshot = resolve();
    Path secret = Files.writeString(folder.resolve("secret.json"), "{}");
    Files.delete(snapshot.resolve("config.json"));
    Files.createSymbolicLink(snapshot.resolve("config.json"), secret);

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining(snapshot.resolve("config.json") + " leads out of the cache, to")
        .hasMessageContaining("refused");
    assertThat(hub.client(cache).cache().verify(FakeHub.ID, new Cancellation()))
        .singleElement()
        .satisfies(broken -> assertThat(broken.problem()).contains("leads out of the cache"));
  }

  @Test
  void blobsFolder_outOfTheCache_isNotWrittenTo() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path root = Files.createDirectories(cache.resolve("models--acme--tiny"));
    Files.createSymbolicLink(root.resolve("blobs"), elsewhere);

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("leads out of the cache");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void partialFile_thatIsALink_isNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "keep");
    String etag = FakeHub.etag("model.safetensors", hub.files.get("model.safetensors"));
    Path blobs = Files.createDirectories(cache.resolve("models--acme--tiny/blobs"));
    Files.createSymbolicLink(blobs.resolve(etag + ".sa2va.incomplete"), victim);

    assertThatThrownBy(this::resolve)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("Cannot write");
    assertThat(victim).hasContent("keep");
  }

  @Test
  void cacheThatIsItselfALink_isUsed() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real"));
    Files.createSymbolicLink(cache, real);

    Path snapshot = resolve();

    assertThat(snapshot.resolve("config.json")).exists();
    assertThat(resolve()).isEqualTo(snapshot);
  }
}
