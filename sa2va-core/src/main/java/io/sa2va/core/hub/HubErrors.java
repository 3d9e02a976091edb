package io.sa2va.core.hub;

import io.sa2va.error.HubException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.error.Sa2VAException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/** Says what went wrong with the hub or the cache, and what to do about it. */
final class HubErrors {
  private static final String GIVE_TOKEN =
      "set HF_TOKEN, log in with Hugging Face's \"hf auth login\", or use LoadOptions.hubToken";

  private final HubSettings settings;

  HubErrors(HubSettings settings) {
    this.settings = settings;
  }

  /** The hub answered with a status that trying again does not change. */
  Sa2VAException refused(ModelName model, HttpResponse<?> response) {
    String code = header(response, "X-Error-Code");
    int status = response.statusCode();
    if (code.equals("GatedRepo")) {
      return gated(model);
    }
    if (code.equals("RevisionNotFound")) {
      return new ModelNotFoundException(
          "%s has no revision \"%s\"; %s lists those it has"
              .formatted(model.id(), model.revision(), page(model) + "/tree/main"));
    }
    if (code.equals("RepoNotFound") || (status == 404 && isListing(response))) {
      return notFound(model);
    }
    if (status == 401 || status == 403) {
      return unauthorized(model, status, detail(response));
    }
    return new HubException(
        "%s answered %d for %s%s"
            .formatted(HubHttp.place(response.uri()), status, model, detail(response)));
  }

  /** The network, or the hub behind it, could not be reached. */
  HubException unreachable(ModelName model, IOException failure, List<String> cached) {
    return new HubException(
        "%s cannot be fetched: %s. Check the network, its proxy (-Dhttps.proxyHost) and HF_ENDPOINT (%s). %s"
            .formatted(model, failure.getMessage(), settings.endpoint(), cacheHolds(cached)),
        failure);
  }

  /** The network or the hub failed for good in the middle of a download. */
  HubException brokenOff(ModelName model, IOException failure) {
    return new HubException(
        "The download of %s broke off: %s. What was fetched is kept; run it again to go on from there."
            .formatted(model, failure.getMessage()),
        failure);
  }

  /** Only the cache may be used, and it lacks the model. */
  HubException offline(ModelName model, List<String> missing, List<String> cached) {
    String lacking =
        missing.isEmpty()
            ? "is not in the cache"
            : "is only partly in the cache, without " + String.join(", ", missing);
    return new HubException(
        "%s %s, and the network may not be used (HF_HUB_OFFLINE or LoadOptions.offline). Download it once with the network allowed. %s"
            .formatted(model, lacking, cacheHolds(cached)));
  }

  HubException diskFull(ModelName model, long needed, long free) {
    return new HubException(
        "%s needs %s more in %s, where %s are free. Make room there, or set HF_HUB_CACHE to a larger disk."
            .formatted(model, size(needed), settings.cache(), size(free)));
  }

  HubException mismatch(ModelName model, RemoteFile file, String problem) {
    return new HubException(
        "%s of %s arrived damaged twice: it should be %s %s with %d bytes, but %s. The file was thrown away; something between here and %s may alter it, so try again from another network."
            .formatted(
                file.name(),
                model,
                file.checksum().kind(),
                file.checksum().hex(),
                file.size(),
                problem,
                settings.endpoint()));
  }

  /** A file of the cache cannot be written. */
  static HubException cannotWrite(Path file, IOException cause) {
    return new HubException(
        "Cannot write "
            + file
            + ": "
            + cause
            + ". Make room or allow writing there, or set HF_HUB_CACHE to another folder; what was fetched is kept.",
        cause);
  }

  /** Bytes for people. */
  static String size(long bytes) {
    return bytes < 10_000_000 ? bytes + " bytes" : "%.1f GB".formatted(bytes / 1e9);
  }

  private HubException gated(ModelName model) {
    return settings.token() == null
        ? new HubException(
            "%s is gated. Accept its terms at %s, then give an access token: %s."
                .formatted(model, page(model), GIVE_TOKEN))
        : new HubException(
            "%s is gated, and the access token has no access to it. Ask for access at %s with the account of the token."
                .formatted(model, page(model)));
  }

  private ModelNotFoundException notFound(ModelName model) {
    return new ModelNotFoundException(
        "There is no model %s at %s.%s If it is private, give an access token that may read it: %s."
            .formatted(
                model.id(), settings.endpoint(), ModelName.suggestions(model.id()), GIVE_TOKEN));
  }

  private HubException unauthorized(ModelName model, int status, String detail) {
    if (status == 403) {
      return new HubException(
          "%s refuses %s (status 403%s). If an access token can change that, one that may read the model: %s."
              .formatted(settings.endpoint(), model, detail, GIVE_TOKEN));
    }
    if (settings.token() == null) {
      return new HubException(
          "%s needs an access token (status %d%s): %s.%s"
              .formatted(model, status, detail, GIVE_TOKEN, ModelName.suggestions(model.id())));
    }
    return new HubException(
        "%s does not let the access token read %s (status %d%s). Check that the token is not expired and may read it, or leave it out for a public model."
            .formatted(settings.endpoint(), model, status, detail));
  }

  private static boolean isListing(HttpResponse<?> response) {
    return response.uri().getPath().contains("/api/models/");
  }

  private String cacheHolds(List<String> cached) {
    return cached.isEmpty()
        ? "The cache " + settings.cache() + " holds no complete model."
        : "The cache " + settings.cache() + " holds " + String.join(", ", cached) + ".";
  }

  private String page(ModelName model) {
    return settings.endpoint() + "/" + model.id();
  }

  private static String detail(HttpResponse<?> response) {
    String message = header(response, "X-Error-Message");
    return message.isEmpty() ? "" : ": " + RepoPath.printable(message);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
