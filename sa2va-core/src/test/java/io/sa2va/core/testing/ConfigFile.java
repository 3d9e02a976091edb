package io.sa2va.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.config.ConfigNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Configurations that differ from a fixture's in a few keys. */
public final class ConfigFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigFile() {}

  /** Any JSON file among the fixtures. */
  public static JsonNode fixture(String path) {
    try {
      return JSON.readTree(Golden.folder(path).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One object of a fixture's config.json; the empty name is the whole. */
  public static ObjectNode of(String family, String object) {
    JsonNode config = fixture(family + "/checkpoint/config.json");
    return (ObjectNode) (object.isEmpty() ? config : config.get(object));
  }

  /**
   * The object with one key changed.
   *
   * @param json the new value; the empty text takes the key out
   */
  public static ObjectNode with(ObjectNode config, String key, String json) {
    ObjectNode changed = config.deepCopy();
    changed.remove(key);
    if (!json.isEmpty()) {
      changed.set(key, parse(json));
    }
    return changed;
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The object as the library reads it. */
  public static ConfigNode node(JsonNode config) {
    try {
      Path file = Files.createTempFile("config", ".json");
      try {
        JSON.writeValue(file.toFile(), config);
        return ConfigNode.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
