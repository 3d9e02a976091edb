package io.sa2va.core.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.sa2va.LoadOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A hub and its storage host on two loopback ports. Speaks the protocol of huggingface.co: the
 * model's description, HEAD with ETag, X-Linked-ETag, X-Linked-Size and X-Repo-Commit, large files
 * by a redirect to the storage host, small ones by a relative redirect on the hub, ranges.
 */
final class FakeHub implements AutoCloseable {
  static {
    // Else every answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static final String ID = "acme/tiny";
  static final String COMMIT = "1111111111111111111111111111111111111111";

  /** One request as it arrived. */
  record Seen(boolean storage, String method, String path, Headers headers) {
    String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** Answers a request in a way of its own. */
  interface Fault {
    void answer(HttpExchange exchange, byte[] content) throws IOException;
  }

  final Map<String, byte[]> files = Collections.synchronizedMap(new TreeMap<>());
  final List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
  final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  volatile String commit = COMMIT;
  volatile String listing = "";

  /** Headers that a HEAD answer has instead of the true ones. */
  final Map<String, String> lies = new ConcurrentHashMap<>();

  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private final HttpServer hub = server();
  private final HttpServer storage = server();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  FakeHub() {
    hub.createContext("/", exchange -> guarded(exchange, this::answerHub));
    storage.createContext("/", exchange -> guarded(exchange, this::answerStorage));
    hub.setExecutor(threads);
    storage.setExecutor(threads);
    hub.start();
    storage.start();
    files.put("config.json", "{\"model_type\": \"sa2va_chat\"}".getBytes(StandardCharsets.UTF_8));
    files.put("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
    files.put("model.safetensors", bytes(20_000));
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  /** Faults for the next requests for a file's content, in order. */
  FakeHub fault(String file, Fault... next) {
    synchronized (faults) {
      faults.computeIfAbsent(file, f -> new ArrayDeque<>()).addAll(List.of(next));
    }
    return this;
  }

  /** From here on, everything is answered truly. */
  void clearFaults() {
    synchronized (faults) {
      faults.clear();
    }
  }

  URI endpoint() {
    return address(hub);
  }

  URI storageAddress() {
    return address(storage);
  }

  private static URI address(HttpServer server) {
    return URI.create(
        "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort());
  }

  /** Settings for this hub. */
  LoadOptions.Builder options(Path cache) {
    return LoadOptions.builder().hubEndpoint(endpoint()).cacheFolder(cache);
  }

  /** A client that fetches in one range. */
  HubClient client(Path cache) {
    return client(options(cache).build(), 1);
  }

  HubClient client(LoadOptions options, int ranges) {
    return client(
        HubSettings.of(options, Map.of("HF_TOKEN_PATH", "/nowhere/token")),
        new DownloadTuning(4, ranges, 1000, folder -> Long.MAX_VALUE));
  }

  HubClient client(HubSettings settings, DownloadTuning tuning) {
    return new HubClient(settings, new Backoff((time, stop) -> pauses.add(time)), tuning);
  }

  /** The content requests for a file that reached the host that has it. */
  List<Seen> contentRequests(String file) {
    return requests().stream()
        .filter(request -> request.method().equals("GET"))
        .filter(request -> request.path().endsWith("/" + file))
        .filter(request -> request.storage() || request.path().startsWith("/api/resolve-cache"))
        .toList();
  }

  List<Seen> requests() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  static String etag(String file, byte[] content) {
    return isLarge(file) ? hash("SHA-256", new byte[0], content) : gitSha1(content);
  }

  static String gitSha1(byte[] content) {
    return hash(
        "SHA-1", ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8), content);
  }

  private static String hash(String algorithm, byte[] head, byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(head);
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isLarge(String file) {
    return file.endsWith(".safetensors");
  }

  private void guarded(HttpExchange exchange, HttpHandler handler) throws IOException {
    Headers headers = new Headers();
    headers.putAll(exchange.getRequestHeaders());
    String path = exchange.getRequestURI().getRawPath();
    boolean atStorage = exchange.getLocalAddress().getPort() == storage.getAddress().getPort();
    seen.add(new Seen(atStorage, exchange.getRequestMethod(), path, headers));
    try {
      handler.handle(exchange);
    } finally {
      exchange.close();
    }
  }

  private void answerHub(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.startsWith("/api/models/")) {
      Fault fault = nextFault("listing");
      if (fault != null) {
        fault.answer(exchange, new byte[0]);
      } else if (path.startsWith("/api/models/" + ID + "/revision/")) {
        answerListing(exchange);
      } else {
        error(exchange, 404, "RepoNotFound");
      }
    } else if (path.startsWith("/api/resolve-cache/")) {
      answerFile(exchange, path.substring(path.lastIndexOf('/') + 1));
    } else {
      answerResolve(exchange, path.substring(path.lastIndexOf('/') + 1));
    }
  }

  private void answerListing(HttpExchange exchange) throws IOException {
    String siblings =
        files.keySet().stream()
            .map(name -> "{\"rfilename\": \"" + name + "\"}")
            .collect(Collectors.joining(", "));
    String json =
        listing.isEmpty()
            ? "{\"id\": \"%s\", \"sha\": \"%s\", \"siblings\": [%s]}"
                .formatted(ID, commit, siblings)
            : listing;
    send(exchange, 200, json.getBytes(StandardCharsets.UTF_8));
  }

  /** The hub proper: tells where the content is. */
  private void answerResolve(HttpExchange exchange, String file) throws IOException {
    byte[] content = files.get(file);
    if (content == null) {
      error(exchange, 404, "EntryNotFound");
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    if (exchange.getRequestMethod().equals("HEAD")) {
      Fault fault = nextFault("HEAD " + file);
      if (fault != null) {
        fault.answer(exchange, content);
        return;
      }
    }
    if (isLarge(file)) {
      headers.set("X-Repo-Commit", commit);
      headers.set("X-Linked-ETag", "\"" + etag(file, content) + "\"");
      headers.set("X-Linked-Size", Integer.toString(content.length));
      headers.set("ETag", "\"0123-storage\"");
      headers.set("Location", storageAddress() + "/bucket/" + file + "?Signature=secret");
      lies.forEach(headers::set);
      exchange.sendResponseHeaders(302, -1);
    } else {
      headers.set("Location", "/api/resolve-cache/models/" + ID + "/" + commit + "/" + file);
      exchange.sendResponseHeaders(307, -1);
    }
  }

  private void answerStorage(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    answerFile(exchange, path.substring(path.lastIndexOf('/') + 1));
  }

  private void answerFile(HttpExchange exchange, String file) throws IOException {
    byte[] content = files.get(file);
    if (exchange.getRequestMethod().equals("HEAD")) {
      Headers headers = exchange.getResponseHeaders();
      headers.set("X-Repo-Commit", commit);
      headers.set("ETag", "W/\"" + etag(file, content) + "\"");
      headers.set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    Fault fault = nextFault(file);
    if (fault != null) {
      fault.answer(exchange, content);
    } else {
      sendRanged(exchange, content, content.length);
    }
  }

  private Fault nextFault(String file) {
    synchronized (faults) {
      Deque<Fault> queue = faults.get(file);
      return queue == null ? null : queue.poll();
    }
  }

  /** Sends what the Range header asks for, or less of it: breaks off after so many bytes. */
  static void sendRanged(HttpExchange exchange, byte[] content, int breakAfter) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int start = 0;
    int end = content.length;
    int status = 200;
    if (range != null) {
      String[] bounds = range.substring("bytes=".length()).split("-", -1);
      start = Integer.parseInt(bounds[0]);
      end = bounds[1].isEmpty() ? end : Math.min(end, Integer.parseInt(bounds[1]) + 1);
      status = 206;
      if (start >= content.length) {
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(start, end - 1, content.length));
    }
    exchange.sendResponseHeaders(status, end - start == 0 ? -1 : end - start);
    OutputStream out = exchange.getResponseBody();
    out.write(content, start, Math.min(end - start, breakAfter));
    out.flush();
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  static void error(HttpExchange exchange, int status, String code) throws IOException {
    if (!code.isEmpty()) {
      exchange.getResponseHeaders().set("X-Error-Code", code);
    }
    exchange.sendResponseHeaders(status, -1);
  }

  /** A fault that answers with a status. */
  static Fault status(int status, String... headers) {
    return (exchange, content) -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** A fault that breaks the connection after so many bytes. */
  static Fault cut(int bytes) {
    return (exchange, content) -> sendRanged(exchange, content, bytes);
  }

  @Override
  public void close() {
    hub.stop(0);
    storage.stop(0);
    threads.shutdownNow();
  }
}
