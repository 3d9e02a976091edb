package io.sa2va.core.hub;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.error.HubException;
import io.sa2va.error.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which files of a repository a model needs: its configuration, its tokenizer and its safetensors
 * weights. Code and pickled weights, which run when they are read, are never among them.
 */
final class ModelFiles {
  static final String CONFIG = "config.json";
  static final String INDEX = "model.safetensors.index.json";
  static final String SINGLE = "model.safetensors";

  /** What a model may have besides its configuration and weights. */
  static final List<String> OPTIONAL =
      List.of(
          "generation_config.json",
          "preprocessor_config.json",
          "processor_config.json",
          "video_preprocessor_config.json",
          "chat_template.json",
          "chat_template.jinja",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "added_tokens.json",
          "vocab.json",
          "merges.txt",
          "tokenizer.model");

  private ModelFiles() {}

  /**
   * The needed files, without the shards that an index names.
   *
   * @throws UnsupportedModelException if there is no configuration or there are no safetensors
   */
  static List<String> withoutShards(HubApi.Listing listing) {
    Set<String> files = listing.files();
    if (!files.contains(CONFIG)) {
      throw new UnsupportedModelException(
          listing.model() + " has no " + CONFIG + "; it is not a model in Hugging Face's format");
    }
    String weights = files.contains(INDEX) ? INDEX : SINGLE;
    if (!files.contains(weights)) {
      throw new UnsupportedModelException(
          "%s has neither %s nor %s. Weights in other formats (.bin, .pt) can run code when they are read and are not fetched; convert them to safetensors."
              .formatted(listing.model(), SINGLE, INDEX));
    }
    List<String> needed = new ArrayList<>(List.of(CONFIG, weights));
    OPTIONAL.stream().filter(files::contains).forEach(needed::add);
    return needed;
  }

  /**
   * The shards that a weight index names, in name order.
   *
   * @throws HubException if the index is not sound
   */
  static List<String> shards(Path index) {
    JsonNode map = readIndex(index).path("weight_map");
    Set<String> shards = new TreeSet<>();
    for (JsonNode shard : map) {
      String name = shard.asText("");
      if (!RepoPath.isSafe(name) || name.contains("/") || !name.endsWith(".safetensors")) {
        throw new HubException(
            "%s names the shard \"%s\", which is not a safetensors file in its folder; do not use this model"
                .formatted(index, RepoPath.printable(name)));
      }
      shards.add(name);
    }
    if (shards.isEmpty()) {
      throw new HubException(index + " names no shard in its \"weight_map\"");
    }
    return List.copyOf(shards);
  }

  /** What a folder lacks to be a model that can be loaded; empty if it is complete. */
  static List<String> missing(Path folder) {
    List<String> missing = new ArrayList<>();
    require(folder, CONFIG, missing);
    if (!hasTokenizer(folder)) {
      missing.add("a tokenizer (tokenizer.json, or vocab.json and merges.txt, or tokenizer.model)");
    }
    if (has(folder, INDEX)) {
      shards(folder.resolve(INDEX)).forEach(shard -> require(folder, shard, missing));
    } else {
      require(folder, SINGLE, missing);
    }
    return missing;
  }

  private static JsonNode readIndex(Path index) {
    try {
      if (Files.size(index) > HubJson.MAX_BYTES) {
        throw new HubException(index + " is larger than " + HubJson.MAX_BYTES + " bytes");
      }
      return HubJson.object(Files.readAllBytes(index), index.toString());
    } catch (IOException e) {
      throw new HubException("Cannot read " + index + ": " + e, e);
    }
  }

  private static boolean hasTokenizer(Path folder) {
    return has(folder, "tokenizer.json")
        || has(folder, "tokenizer.model")
        || (has(folder, "vocab.json") && has(folder, "merges.txt"));
  }

  private static void require(Path folder, String file, List<String> missing) {
    if (!has(folder, file)) {
      missing.add(file);
    }
  }

  private static boolean has(Path folder, String file) {
    return Files.isRegularFile(folder.resolve(file));
  }
}
