package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import io.sa2va.error.HubException;
import io.sa2va.error.Sa2VAException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request to the hub and its answer. Redirects are followed here, by hand: the token goes to
 * the endpoint's own scheme, host and port only, and never again once a redirect has left them.
 *
 * <p>Thread-safe.
 */
final class HubHttp {
  private static final int MAX_REDIRECTS = 10;
  private static final long POLL_MILLIS = 50;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

  /** The hub's own header about rate limits: nothing remaining, and when that ends. */
  private static final Pattern RATE_LIMIT = Pattern.compile("r=0;\\s*t=(\\d{1,9})");

  private static final String USER_AGENT =
      "sa2va-java; java/" + System.getProperty("java.specification.version");

  private final HubSettings settings;
  private final HttpClient client;

  HubHttp(HubSettings settings) {
    this.settings = settings;
    // HTTP/1.1: each range gets a connection, and so a share of the bandwidth, of its own.
    this.client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
  }

  /**
   * Asks for the headers only. Of a large file, the hub's redirect to the storage host has them; it
   * is answered, not followed.
   */
  HttpResponse<byte[]> head(URI address, Cancellation stop) throws IOException {
    return send("HEAD", address, Map.of(), info -> Receiver.collector(0), stop);
  }

  /**
   * Gets what is at an address, wherever it redirects to.
   *
   * @throws TransientStatusException if trying again later may help
   * @throws IOException if the network failed or the server was silent for too long
   */
  HttpResponse<byte[]> get(
      URI address, Map<String, String> headers, Receiver.SinkChoice sinks, Cancellation stop)
      throws IOException {
    return send("GET", address, headers, sinks, stop);
  }

  private HttpResponse<byte[]> send(
      String method,
      URI start,
      Map<String, String> headers,
      Receiver.SinkChoice sinks,
      Cancellation stop)
      throws IOException {
    URI address = start;
    boolean trusted = true;
    for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
      trusted &= isEndpoint(address);
      HttpRequest request = request(method, address, headers, trusted);
      HttpResponse<byte[]> response = exchange(request, new Receiver(sinks), stop);
      requireNotTransient(response);
      String target = response.headers().firstValue("Location").orElse("");
      if (!REDIRECTS.contains(response.statusCode()) || target.isEmpty()) {
        return response;
      }
      address = redirect(address, target);
      if (method.equals("HEAD") && !isEndpoint(address) && describesFile(response)) {
        return response;
      }
    }
    throw new HubException(place(start) + " redirects more than " + MAX_REDIRECTS + " times");
  }

  private static boolean describesFile(HttpResponse<byte[]> response) {
    HttpHeaders headers = response.headers();
    return headers.firstValue("X-Linked-ETag").or(() -> headers.firstValue("ETag")).isPresent();
  }

  private HttpRequest request(
      String method, URI address, Map<String, String> headers, boolean trusted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(method, BodyPublishers.noBody())
            .header("User-Agent", USER_AGENT)
            .header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    if (trusted && settings.token() != null) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    return request.build();
  }

  /** Waits for an answer and its body, with an eye on the clock and on the cancellation. */
  private HttpResponse<byte[]> exchange(HttpRequest request, Receiver receiver, Cancellation stop)
      throws IOException {
    Workers.requireRunning(stop);
    CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, receiver);
    try {
      while (true) {
        try {
          return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          Workers.requireRunning(stop);
          requireSign(request, receiver);
        }
      }
    } catch (ExecutionException e) {
      throw failure(request, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("Interrupted while waiting for the hub", e);
    } finally {
      receiver.stop();
      answer.cancel(true);
    }
  }

  private void requireSign(HttpRequest request, Receiver receiver) throws IOException {
    if (receiver.silence() > settings.timeout().toNanos()) {
      throw new HttpTimeoutException(
          "%s was silent for %d s".formatted(place(request.uri()), settings.timeout().toSeconds()));
    }
  }

  private static IOException failure(HttpRequest request, Throwable cause) {
    // What a sink threw comes back with or without a wrapping of the HTTP client.
    for (Throwable thrown = cause; thrown != null; thrown = thrown.getCause()) {
      if (thrown instanceof Sa2VAException e) {
        throw e;
      }
      if (thrown instanceof SizeChangedException e) {
        return e;
      }
    }
    if (cause instanceof ConnectException) {
      // The JDK says nothing at all when it is a name that cannot be resolved.
      boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
      ConnectException named =
          new ConnectException(
              unknown
                  ? "unknown host " + request.uri().getHost()
                  : "no connection to " + place(request.uri()));
      named.initCause(cause);
      return named;
    }
    return new IOException(place(request.uri()) + ": " + cause, cause);
  }

  private static void requireNotTransient(HttpResponse<byte[]> response)
      throws TransientStatusException {
    if (TRANSIENT.contains(response.statusCode())) {
      throw new TransientStatusException(
          place(response.uri()) + " answered " + response.statusCode(), retryAfter(response));
    }
  }

  private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
    String limits = response.headers().firstValue("RateLimit").orElse("");
    Matcher exhausted = RATE_LIMIT.matcher(limits);
    if (exhausted.find()) {
      return Duration.ofSeconds(Long.parseLong(exhausted.group(1)) + 1);
    }
    return RetryAfter.parse(response.headers().firstValue("Retry-After").orElse(""));
  }

  private URI redirect(URI from, String location) {
    URI target;
    try {
      target = from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new HubException(place(from) + " redirects to something that is no address", e);
    }
    boolean http = "http".equalsIgnoreCase(target.getScheme());
    boolean https = "https".equalsIgnoreCase(target.getScheme());
    if (target.getHost() == null || !(http || https)) {
      throw new HubException(place(from) + " redirects to something that is no web address");
    }
    if (http && "https".equalsIgnoreCase(from.getScheme())) {
      throw new HubException(
          place(from) + " redirects from https to unprotected http; refused, check HF_ENDPOINT");
    }
    return target;
  }

  /** Whether an address is the hub's own, and not that of a storage host. */
  boolean isEndpoint(URI address) {
    URI endpoint = settings.endpoint();
    return endpoint.getScheme().equalsIgnoreCase(address.getScheme())
        && endpoint.getHost().equalsIgnoreCase(address.getHost())
        && port(endpoint) == port(address);
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  /** An address for messages, without the secrets that its query or user may hold. */
  static String place(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return address.getScheme() + "://" + address.getHost() + port + address.getRawPath();
  }
}
