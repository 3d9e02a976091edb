package io.sa2va.core.zoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The published checkpoints of Sa2VA and Sa2VA-i.
 *
 * <p>The sizes in {@code zoo.json} are those of the base models, with the vocabulary that Sa2VA
 * adds five tokens to; the parameters they give are those of the published files. Keys that shape
 * no weight are the base models', too. A checkpoint is always loaded by its own config.json; this
 * list is for sizes, documentation and random checkpoints.
 */
public final class Zoo {
  private static final List<ZooModel> MODELS = read();

  private Zoo() {}

  /** All models, whether this library runs them or not. */
  public static List<ZooModel> models() {
    return MODELS;
  }

  /**
   * A model by its name.
   *
   * @param name with or without its organisation; letter case does not count
   */
  public static Optional<ZooModel> named(String name) {
    return MODELS.stream().filter(model -> isNamed(model, name)).findFirst();
  }

  private static boolean isNamed(ZooModel model, String name) {
    String full = model.name();
    return full.equalsIgnoreCase(name)
        || full.substring(full.indexOf('/') + 1).equalsIgnoreCase(name);
  }

  private static List<ZooModel> read() {
    try (InputStream stream = Zoo.class.getResourceAsStream("zoo.json")) {
      if (stream == null) {
        throw new IOException("the resource zoo.json is missing");
      }
      JsonNode list = new JsonMapper().readTree(stream);
      List<ZooModel> models = new ArrayList<>();
      for (JsonNode entry : list) {
        models.add(model(entry, list));
      }
      return List.copyOf(models);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ZooModel model(JsonNode entry, JsonNode list) {
    Set<String> optionalWeights = new HashSet<>();
    entry.path("optional_weights").forEach(name -> optionalWeights.add(name.asText()));
    return new ZooModel(
        entry.path("name").asText(),
        entry.path("family").asText(),
        optionalWeights,
        config(entry, list).toPrettyString());
  }

  /** An entry's own configuration, or that of the entry it names. */
  private static JsonNode config(JsonNode entry, JsonNode list) {
    String other = entry.path("config_of").asText();
    for (JsonNode candidate : list) {
      if (candidate.path("name").asText().equals(other)) {
        return candidate.path("config");
      }
    }
    return entry.path("config");
  }
}
