package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.LoadOptions;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
  @TempDir Path home;

  private HubSettings settings(String... variables) {
    Map<String, String> environment = new HashMap<>(Map.of("HOME", home.toString()));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    return HubSettings.of(LoadOptions.defaults(), environment);
  }

  @Test
  void of_emptyEnvironment_hasPythonsDefaults() {
    HubSettings settings = settings();

    assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
    assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(settings.token()).isNull();
    assertThat(settings.offline()).isFalse();
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "XDG_CACHE_HOME, /x, /x/huggingface/hub",
    "HF_HOME, /h, /h/hub",
    "HUGGINGFACE_HUB_CACHE, /old, /old",
    "HF_HUB_CACHE, /new, /new",
  })
  void cache_followsTheVariables(String variable, String value, String cache) {
    assertThat(settings(variable, value).cache()).isEqualTo(Path.of(cache));
  }

  @Test
  void cache_closestVariableWins() {
    assertThat(settings("HF_HOME", "/h", "HF_HUB_CACHE", "/new", "XDG_CACHE_HOME", "/x").cache())
        .isEqualTo(Path.of("/new"));
  }

  @Test
  void cache_homeAndVariables_areExpanded() {
    assertThat(settings("HF_HOME", "~/models").cache()).isEqualTo(home.resolve("models/hub"));
    assertThat(settings("HF_HOME", "$DATA/${SUB}", "DATA", "/d", "SUB", "s").cache())
        .isEqualTo(Path.of("/d/s/hub"));
  }

  @Test
  void endpoint_trailingSlash_isCut() {
    assertThat(settings("HF_ENDPOINT", "https://mirror.example/hf/").endpoint())
        .isEqualTo(URI.create("https://mirror.example/hf"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mirror.example", "ftp://mirror.example", "https://", "https://a b"})
  void endpoint_noAddress_isRefused(String endpoint) {
    assertThatThrownBy(() -> settings("HF_ENDPOINT", endpoint))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("HF_ENDPOINT")
        .hasMessageContaining(endpoint.replaceAll("/+$", ""));
  }

  @Test
  void endpoint_withAPassword_isRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> settings("HF_ENDPOINT", "https://me:secret@mirror.example"))
        .isInstanceOf(HubException.class)
        .message()
        .contains("HF_ENDPOINT")
        .doesNotContain("secret");
  }

  @Test
  void token_variableBeforeFile() throws IOException {
    Files.createDirectories(home.resolve(".cache/huggingface"));
    Files.writeString(home.resolve(".cache/huggingface/token"), "hf_file\n");

    assertThat(settings().token()).isEqualTo("hf_file");
    assertThat(settings("HF_TOKEN", " hf_variable\n").token()).isEqualTo("hf_variable");
    assertThat(settings("HF_TOKEN", "").token()).isEqualTo("hf_file");
    assertThat(settings("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1", "HF_TOKEN", "x").token()).isNull();
  }

  @Test
  void token_otherPlace_isRead() throws IOException {
    Path file = Files.writeString(home.resolve("elsewhere"), "hf_elsewhere");

    assertThat(settings("HF_TOKEN_PATH", file.toString()).token()).isEqualTo("hf_elsewhere");
  }

  @Test
  void token_foreignCharacters_areRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> settings("HF_TOKEN", "hf_a\r\nEvil: header"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("HF_TOKEN is not a hub token")
        .message()
        .doesNotContain("Evil");
  }

  @Test
  void options_winOverTheEnvironment() {
    LoadOptions options =
        LoadOptions.builder()
            .hubEndpoint(URI.create("http://localhost:1234"))
            .cacheFolder(Path.of("/options"))
            .hubToken("hf_options")
            .build();

    HubSettings settings =
        HubSettings.of(
            options, Map.of("HF_ENDPOINT", "https://e", "HF_HUB_CACHE", "/e", "HF_TOKEN", "hf_e"));

    assertThat(settings.endpoint()).isEqualTo(URI.create("http://localhost:1234"));
    assertThat(settings.cache()).isEqualTo(Path.of("/options"));
    assertThat(settings.token()).isEqualTo("hf_options");
    assertThat(settings).asString().doesNotContain("hf_options");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "true, true", "Yes, true", "ON, true", "0, false", "no, false"})
  void offline_readsPythonsTruthValues(String value, boolean offline) {
    assertThat(settings("HF_HUB_OFFLINE", value).offline()).isEqualTo(offline);
  }

  @Test
  void timeout_noNumber_isRefused() {
    assertThat(settings("HF_HUB_DOWNLOAD_TIMEOUT", "30").timeout())
        .isEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(() -> settings("HF_HUB_DOWNLOAD_TIMEOUT", "soon"))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("HF_HUB_DOWNLOAD_TIMEOUT");
  }
}
