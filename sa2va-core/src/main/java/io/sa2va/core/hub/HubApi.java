package io.sa2va.core.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.Cancellation;
import io.sa2va.error.HubException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the hub knows: which files a revision of a model has, and each file's checksum and size.
 *
 * <p>Thread-safe.
 */
final class HubApi {
  private static final int NOT_FOUND = 404;
  private static final Set<String> NO_MODEL = Set.of("RepoNotFound", "RevisionNotFound");

  private final HubSettings settings;
  private final HubHttp http;
  private final Backoff backoff;
  private final HubErrors errors;

  HubApi(HubSettings settings, HubHttp http, Backoff backoff) {
    this.settings = settings;
    this.http = http;
    this.backoff = backoff;
    this.errors = new HubErrors(settings);
  }

  /**
   * The state of a model that a branch, tag or commit stands for.
   *
   * @param model with the revision that was asked for
   * @param commit what it stands for now
   * @param files all files of the repository; safe as relative paths
   */
  record Listing(ModelName model, String commit, Set<String> files) {}

  /**
   * Asks what a revision is, now. {@code GET /api/models/{id}/revision/{revision}}.
   *
   * @throws IOException if the network or the hub failed, for good
   */
  Listing listing(ModelName model, Cancellation stop) throws IOException {
    String path = "/api/models/" + encode(model.id()) + "/revision/" + quote(model.revision());
    URI address = settings.address(path);
    HttpResponse<byte[]> response =
        http.get(address, Map.of(), info -> Receiver.collector(HubJson.MAX_BYTES), stop);
    if (response.statusCode() != 200) {
      throw errors.refused(model, response);
    }
    return readListing(model, HubJson.object(response.body(), HubHttp.place(address)));
  }

  /** The same, with retries. */
  Listing listingPatiently(ModelName model, Cancellation stop) throws IOException {
    return backoff.call(() -> listing(model, stop), stop);
  }

  /**
   * Asks for a file's checksum and size. {@code HEAD /{id}/resolve/{commit}/{file}}.
   *
   * @return empty if the commit has no such file
   */
  Optional<RemoteFile> file(Listing listing, String file, Cancellation stop) throws IOException {
    return backoff.call(() -> askForFile(listing, file, stop), stop);
  }

  /** Where a file's content is; it may redirect to a storage host. */
  URI address(Listing listing, String file) {
    return settings.address(
        "/%s/resolve/%s/%s"
            .formatted(encode(listing.model().id()), listing.commit(), encode(file)));
  }

  private Optional<RemoteFile> askForFile(Listing listing, String file, Cancellation stop)
      throws IOException {
    HttpResponse<byte[]> response = http.head(address(listing, file), stop);
    HttpHeaders headers = response.headers();
    int status = response.statusCode();
    if (status == NOT_FOUND && !NO_MODEL.contains(headers.firstValue("X-Error-Code").orElse(""))) {
      return Optional.empty();
    }
    if (status >= 400) {
      throw errors.refused(listing.model(), response);
    }
    requireCommit(listing, headers.firstValue("X-Repo-Commit").orElse(listing.commit()));
    return Optional.of(
        new RemoteFile(
            file, checksum(listing, file, headers), size(listing, file, response, stop)));
  }

  private static void requireCommit(Listing listing, String commit) {
    if (!commit.equals(listing.commit())) {
      throw new HubException(
          "%s was asked for commit %s, but the hub answered with commit %s; try again, or check HF_ENDPOINT"
              .formatted(listing.model(), listing.commit(), RepoPath.printable(commit)));
    }
  }

  private Checksum checksum(Listing listing, String file, HttpHeaders headers) {
    String tag =
        headers.firstValue("X-Linked-ETag").or(() -> headers.firstValue("ETag")).orElse("");
    return Checksum.of(tag)
        .orElseThrow(
            () ->
                new HubException(
                    "%s gives no checksum for %s of %s (ETag: \"%s\"), so the file cannot be checked and is not fetched. HF_ENDPOINT must be a Hugging Face hub or a full mirror of it."
                        .formatted(
                            settings.endpoint(), file, listing.model(), RepoPath.printable(tag))));
  }

  private long size(Listing listing, String file, HttpResponse<byte[]> head, Cancellation stop)
      throws IOException {
    HttpHeaders headers = head.headers();
    Optional<String> size = headers.firstValue("X-Linked-Size");
    if (size.isEmpty() && head.statusCode() < 300) {
      size = headers.firstValue("Content-Length");
    }
    String text = size.isPresent() ? size.get() : probedSize(listing, file, stop);
    if (!text.matches("\\d{1,15}")) {
      throw new HubException(
          "%s does not say how large %s of %s is (\"%s\")"
              .formatted(settings.endpoint(), file, listing.model(), RepoPath.printable(text)));
    }
    return Long.parseLong(text);
  }

  /** Some mirrors tell a file's size only with its content: asks for the first byte. */
  private String probedSize(Listing listing, String file, Cancellation stop) throws IOException {
    Receiver.Sink nothing = bytes -> false;
    HttpResponse<byte[]> response =
        http.get(address(listing, file), Map.of("Range", "bytes=0-0"), info -> nothing, stop);
    HttpHeaders headers = response.headers();
    String range = headers.firstValue("Content-Range").orElse("");
    return range.isEmpty()
        ? headers.firstValue("Content-Length").orElse("")
        : range.substring(range.indexOf('/') + 1);
  }

  private static Listing readListing(ModelName model, JsonNode info) {
    String commit = info.path("sha").asText("");
    if (!ModelName.isCommit(commit)) {
      throw new HubException(
          "The hub's description of %s has no commit id in \"sha\"; check HF_ENDPOINT"
              .formatted(model));
    }
    if (model.isPinned() && !commit.equals(model.revision())) {
      throw new HubException(
          "%s was asked for, but the hub answered with commit %s; check HF_ENDPOINT"
              .formatted(model, commit));
    }
    JsonNode siblings = info.path("siblings");
    if (!siblings.isArray()) {
      throw new HubException(
          "The hub's description of %s lists no files in \"siblings\"; check HF_ENDPOINT"
              .formatted(model));
    }
    Set<String> files = new LinkedHashSet<>();
    for (JsonNode sibling : siblings) {
      files.add(RepoPath.requireSafe(sibling.path("rfilename").asText(""), model));
    }
    return new Listing(model, commit, files);
  }

  /** Encodes each part of a path. */
  private static String encode(String path) {
    return Arrays.stream(path.split("/", -1)).map(HubApi::quote).collect(Collectors.joining("/"));
  }

  private static String quote(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
