package io.sa2va.core.hub;

import io.sa2va.LoadOptions;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which hub, which cache, which token: from the options where they say so, else from the
 * environment variables that Hugging Face's Python tools read, else their defaults. Immutable.
 *
 * @param endpoint the hub's address, without a slash at its end
 * @param cache the folder that holds {@code models--org--name} folders
 * @param token the access token, or null for none
 * @param offline whether the network is not to be used
 * @param symlinks whether symbolic links may be made in the cache
 * @param timeout how long the hub may be silent
 */
record HubSettings(
    URI endpoint,
    Path cache,
    @Nullable String token,
    boolean offline,
    boolean symlinks,
    Duration timeout) {
  private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
  private static final long DEFAULT_TIMEOUT_SECONDS = 10;
  private static final int MAX_TOKEN_BYTES = 16 << 10;
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\w+)|\\{(\\w+)})");

  /**
   * Reads the settings.
   *
   * @param environment the process environment, or a test's
   * @throws HubException if a variable has a value that cannot be used
   */
  static HubSettings of(LoadOptions options, Map<String, String> environment) {
    return new Reader(environment).read(options);
  }

  /** The address of something on the hub. */
  URI address(String path) {
    return URI.create(endpoint + path);
  }

  /** All but the token. */
  @Override
  public String toString() {
    return "HubSettings[endpoint=%s, cache=%s, offline=%s]".formatted(endpoint, cache, offline);
  }

  private record Reader(Map<String, String> environment) {
    HubSettings read(LoadOptions options) {
      Path cache = options.cacheFolder();
      String token = options.hubToken();
      return new HubSettings(
          endpoint(options.hubEndpoint()),
          (cache != null ? cache : cacheFolder()).toAbsolutePath().normalize(),
          token != null ? requireHeaderText(token, "The hub token") : storedToken(),
          options.offline() || isTrue("HF_HUB_OFFLINE") || isTrue("TRANSFORMERS_OFFLINE"),
          !isTrue("HF_HUB_DISABLE_SYMLINKS"),
          timeout());
    }

    private URI endpoint(@Nullable URI chosen) {
      String text = chosen != null ? chosen.toString() : get("HF_ENDPOINT", DEFAULT_ENDPOINT);
      text = text.replaceAll("/+$", "");
      if (!text.matches("(?i)https?://[^/?#@]+(/[^?#]*)?") || !isUri(text)) {
        throw new HubException(
            "HF_ENDPOINT must be an address such as "
                + DEFAULT_ENDPOINT
                + ", but is "
                + (text.contains("@")
                    ? "one with a user"
                    : "\"" + RepoPath.printable(text) + "\""));
      }
      return URI.create(text);
    }

    private static boolean isUri(String text) {
      try {
        return URI.create(text).getHost() != null;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private Path cacheFolder() {
      String folder = get("HF_HUB_CACHE", get("HUGGINGFACE_HUB_CACHE", ""));
      return folder.isEmpty() ? home().resolve("hub") : expand(folder);
    }

    private Path home() {
      String home = get("HF_HOME", "");
      if (!home.isEmpty()) {
        return expand(home);
      }
      String caches = get("XDG_CACHE_HOME", "");
      Path base = caches.isEmpty() ? userHome().resolve(".cache") : expand(caches);
      return base.resolve("huggingface");
    }

    private @Nullable String storedToken() {
      if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
        return null;
      }
      String token = get("HF_TOKEN", get("HUGGING_FACE_HUB_TOKEN", "")).strip();
      if (!token.isEmpty()) {
        return requireHeaderText(token, "HF_TOKEN");
      }
      String place = get("HF_TOKEN_PATH", "");
      return tokenIn(place.isEmpty() ? home().resolve("token") : expand(place));
    }

    private static @Nullable String tokenIn(Path file) {
      if (!Files.isRegularFile(file)) {
        return null;
      }
      try {
        if (Files.size(file) > MAX_TOKEN_BYTES) {
          throw new HubException(file + " is too large to hold a hub token");
        }
        String token = Files.readString(file).strip();
        return token.isEmpty() ? null : requireHeaderText(token, "The token in " + file);
      } catch (IOException e) {
        throw new HubException("The hub token in " + file + " cannot be read: " + e, e);
      }
    }

    /** Refuses what cannot be sent, without ever repeating it. */
    private static String requireHeaderText(String token, String what) {
      String clean = token.strip();
      if (clean.isEmpty() || !clean.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new HubException(what + " is not a hub token; it has blanks or foreign characters");
      }
      return clean;
    }

    private Duration timeout() {
      String seconds = get("HF_HUB_DOWNLOAD_TIMEOUT", "").strip();
      if (seconds.isEmpty()) {
        return Duration.ofSeconds(DEFAULT_TIMEOUT_SECONDS);
      }
      if (!seconds.matches("[1-9]\\d{0,5}")) {
        throw new HubException(
            "HF_HUB_DOWNLOAD_TIMEOUT must be a number of seconds, but is \""
                + RepoPath.printable(seconds)
                + "\"");
      }
      return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private boolean isTrue(String variable) {
      return TRUE.contains(get(variable, "").toUpperCase(Locale.ROOT));
    }

    private String get(String variable, String absent) {
      String value = environment.getOrDefault(variable, "");
      return value.isBlank() ? absent : value;
    }

    private Path userHome() {
      return Path.of(get("HOME", get("USERPROFILE", System.getProperty("user.home"))));
    }

    /** Replaces {@code ~} and {@code $VARIABLE} as Python's tools do. */
    private Path expand(String path) {
      Matcher matcher = VARIABLE.matcher(path);
      String expanded =
          matcher.replaceAll(
              match -> {
                String name = match.group(1) != null ? match.group(1) : match.group(2);
                return Matcher.quoteReplacement(get(name, match.group()));
              });
      if (expanded.equals("~")) {
        return userHome();
      }
      return expanded.startsWith("~/") || expanded.startsWith("~\\")
          ? userHome().resolve(expanded.substring(2))
          : Path.of(expanded);
    }
  }
}
