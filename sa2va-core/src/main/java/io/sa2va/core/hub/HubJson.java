package io.sa2va.core.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.error.HubException;
import java.io.IOException;

/** Reads JSON that nobody vouches for: with limits on its size and depth. */
final class HubJson {
  /** Far above the largest listing or weight index there is. */
  static final int MAX_BYTES = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .maxNameLength(10_000)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private HubJson() {}

  /**
   * Reads one JSON object.
   *
   * @param what names the source in errors
   * @throws HubException if it is not a JSON object, or too large or too deep
   */
  static JsonNode object(byte[] bytes, String what) {
    if (bytes.length > MAX_BYTES) {
      throw new HubException(what + " is larger than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode root = JSON.readTree(bytes);
      if (root == null || !root.isObject()) {
        throw new HubException(what + " is not a JSON object");
      }
      return root;
    } catch (IOException e) {
      throw new HubException(what + " is not readable JSON: " + firstLine(e), e);
    }
  }

  private static String firstLine(IOException e) {
    return RepoPath.printable(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }
}
