package io.sa2va.core.hub;

import io.sa2va.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file's content must hash to. The hub gives it as the file's ETag, and the cache names the
 * blob after it: sha256 for large files (git LFS), git's own sha1 for the others.
 *
 * @param kind how it is computed
 * @param hex in lower case
 */
record Checksum(Kind kind, String hex) {
  /** The two ways. */
  enum Kind {
    /** Of the content. */
    SHA256("SHA-256"),
    /** Of {@code "blob <size>\0"} and the content. */
    GIT_SHA1("SHA-1");

    private final String algorithm;

    Kind(String algorithm) {
      this.algorithm = algorithm;
    }
  }

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final int BUFFER = 1 << 20;

  /** Reads an ETag header's value or a blob's name. */
  static Optional<Checksum> of(String tag) {
    String hex = tag.startsWith("W/") ? tag.substring(2) : tag;
    hex = hex.replace("\"", "");
    if (!HEX.matcher(hex).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Checksum(hex.length() == 64 ? Kind.SHA256 : Kind.GIT_SHA1, hex));
  }

  /** Computes the checksum of the same kind of a file. */
  Checksum compute(Path file, Cancellation stop) throws IOException {
    MessageDigest digest = digest();
    if (kind == Kind.GIT_SHA1) {
      String header = "blob " + Files.size(file) + "\0";
      digest.update(header.getBytes(StandardCharsets.US_ASCII));
    }
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        Workers.requireRunning(stop);
        digest.update(buffer, 0, n);
      }
    }
    return new Checksum(kind, HexFormat.of().formatHex(digest.digest()));
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(kind.algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + kind.algorithm, e);
    }
  }
}
