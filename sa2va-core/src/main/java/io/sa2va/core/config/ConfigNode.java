package io.sa2va.core.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.error.ModelConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One JSON object of a configuration file, read by key with clear errors: each names the file, the
 * path of the key, what was expected and what was found. Immutable.
 */
public final class ConfigNode {
  private static final int MAX_FILE_BYTES = 64 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String place;
  private final JsonNode node;

  private ConfigNode(String place, JsonNode node) {
    this.place = place;
    this.node = node;
  }

  /**
   * Reads a file that holds one JSON object.
   *
   * @throws ModelConfigException if it is missing, too large, or not a JSON object
   */
  public static ConfigNode read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ModelConfigException(file + " is missing");
    }
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new ModelConfigException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return of(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ModelConfigException("cannot read " + file + ": " + e, e);
    }
  }

  /**
   * Reads one JSON object.
   *
   * @param place where it is from, for messages
   * @throws ModelConfigException if it is not a JSON object
   */
  public static ConfigNode of(String place, byte[] json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (root == null || !root.isObject()) {
        throw new ModelConfigException(place + " is not a JSON object");
      }
      return new ConfigNode(place, root);
    } catch (JacksonException e) {
      throw new ModelConfigException(place + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelConfigException("cannot read " + place + ": " + e, e);
    }
  }

  /** Whether the key is there and not null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether the key is there and holds an object. */
  public boolean hasObject(String key) {
    return node.path(key).isObject();
  }

  /** Whether it has no keys. */
  public boolean isEmpty() {
    return node.isEmpty();
  }

  /** The object under a key. */
  public ConfigNode object(String key) {
    JsonNode child = require(key, node.path(key).isObject(), "a JSON object");
    return new ConfigNode(place + ": " + key, child);
  }

  /** A whole number of at least {@code min}. */
  public int integer(String key, int min) {
    JsonNode child = node.path(key);
    boolean fits = child.isNumber() && child.canConvertToExactIntegral() && child.canConvertToInt();
    require(key, fits && child.intValue() >= min, "a whole number of at least " + min);
    return child.intValue();
  }

  public int integer(String key, int min, int absent) {
    return has(key) ? integer(key, min) : absent;
  }

  /** A finite number. */
  public double number(String key) {
    JsonNode child = require(key, node.path(key).isNumber(), "a number");
    require(key, Double.isFinite(child.doubleValue()), "a finite number");
    return child.doubleValue();
  }

  public double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  public boolean flag(String key, boolean absent) {
    return has(key)
        ? require(key, node.path(key).isBoolean(), "true or false").asBoolean()
        : absent;
  }

  public String text(String key) {
    return require(key, node.path(key).isTextual(), "a text").asText();
  }

  public String text(String key, String absent) {
    return has(key) ? text(key) : absent;
  }

  /** A list of whole numbers of at least {@code min}. */
  public List<Integer> integers(String key, int min) {
    JsonNode list = require(key, node.path(key).isArray(), "a list of whole numbers");
    List<Integer> values = new ArrayList<>();
    for (JsonNode value : list) {
      require(
          key,
          value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= min,
          "a list of whole numbers of at least " + min);
      values.add(value.intValue());
    }
    return List.copyOf(values);
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    JsonNode list = require(key, node.path(key).isArray(), "a list of texts");
    List<String> values = new ArrayList<>();
    for (JsonNode value : list) {
      require(key, value.isTextual(), "a list of texts");
      values.add(value.asText());
    }
    return List.copyOf(values);
  }

  /** A list of finite numbers. */
  public List<Double> numbers(String key) {
    JsonNode list = require(key, node.path(key).isArray(), "a list of numbers");
    List<Double> values = new ArrayList<>();
    for (JsonNode value : list) {
      require(key, value.isNumber() && Double.isFinite(value.doubleValue()), "a list of numbers");
      values.add(value.doubleValue());
    }
    return List.copyOf(values);
  }

  /** An error about a key of this object, for checks that need more than its type. */
  public ModelConfigException error(String key, String expected) {
    JsonNode child = node.path(key);
    String found = child.isMissingNode() ? "missing" : abbreviate(child.toString());
    return new ModelConfigException(
        place + ": \"" + key + "\" should be " + expected + ", but is " + found);
  }

  private JsonNode require(String key, boolean sound, String expected) {
    if (!sound) {
      throw error(key, expected);
    }
    return node.path(key);
  }

  private static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  @Override
  public String toString() {
    return place;
  }
}
