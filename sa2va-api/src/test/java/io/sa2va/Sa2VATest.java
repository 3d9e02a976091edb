package io.sa2va;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.error.Sa2VAException;
import io.sa2va.spi.Sa2VAProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading through a provider that only tests know, and what the short forms pass on. */
class Sa2VATest {
  @TempDir Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void restoreClassLoader() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** Puts a provider on the class path that the thread sees. */
  private void provide(String className) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Sa2VAProvider.class.getName()), className);
    URL[] path = {folder.toUri().toURL()};
    Thread.currentThread().setContextClassLoader(new URLClassLoader(path, before));
  }

  @Test
  void load_noProvider_saysWhatToAdd() {
    assertThatThrownBy(() -> Sa2VA.load("ByteDance/Sa2VA-4B"))
        .isInstanceOf(Sa2VAException.class)
        .hasMessageContaining("sa2va-core")
        .hasMessageContaining("class path");
  }

  @Test
  void load_brokenProvider_saysSo() throws IOException {
    provide("io.sa2va.NoSuchProvider");
    assertThatThrownBy(Sa2VA::loadBundled)
        .isInstanceOf(Sa2VAException.class)
        .hasMessageContaining("NoSuchProvider");
  }

  @Test
  void load_name_reachesTheProviderWithItsOptions() throws IOException {
    provide(EchoProvider.class.getName());
    try (Sa2VA sa2va = Sa2VA.load("a/b", it -> it.device(Device.CPU))) {
      assertThat(sa2va.info().name()).isEqualTo("a/b");
      assertThat(sa2va.info().device()).isEqualTo(Device.CPU);
    }
  }

  @Test
  void load_folder_reachesTheProviderAsAnAbsolutePath() throws IOException {
    provide(EchoProvider.class.getName());
    try (Sa2VA sa2va = Sa2VA.load(folder)) {
      assertThat(sa2va.info().name()).isEqualTo(folder.toAbsolutePath().toString());
    }
  }

  @Test
  void load_missingFolder_isNotTakenForAHubName() throws IOException {
    provide(EchoProvider.class.getName());
    assertThatThrownBy(() -> Sa2VA.load(Path.of("ByteDance", "Sa2VA-4B")))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("Sa2VA-4B");
  }

  @Test
  void load_blankName_isRefused() {
    assertThatThrownBy(() -> Sa2VA.load(" ")).isInstanceOf(ModelNotFoundException.class);
  }

  @Test
  void chat_shortForms_passOnWhatTheyAreGiven() throws IOException {
    provide(EchoProvider.class.getName());
    Image image = Image.ofRgb(2, 1, new byte[6]);
    Video video = Video.ofImages(List.of(image, image, image));
    try (Sa2VA sa2va = Sa2VA.loadBundled()) {
      assertThat(sa2va.chat(image, "see").text()).isEqualTo("see 1");
      assertThat(sa2va.chat(video, "watch").text()).isEqualTo("watch 3");
      assertThat(sa2va.chat("talk").text()).isEqualTo("talk 0");
      assertThat(sa2va.chat(it -> it.image(image).prompt("build")).text()).isEqualTo("build 1");
      assertThatThrownBy(() -> sa2va.chat(image, " ")).isInstanceOf(InvalidRequestException.class);
      try (Conversation conversation = sa2va.converse()) {
        assertThat(conversation.ask("one").text()).isEqualTo("one 0");
        Answer two = conversation.ask("two", it -> it.generation(g -> g.maxNewTokens(9)));
        assertThat(two.tokens()).containsExactly(9);
        assertThat(conversation.turns()).hasSize(2);
      }
    }
  }

  @Test
  void readVideo_file_reachesTheProvider() throws IOException {
    provide(EchoProvider.class.getName());
    try (Video video = Video.read(Path.of("clip.mp4"))) {
      assertThat(video.frameCount()).isEqualTo("clip.mp4".length());
    }
  }
}
