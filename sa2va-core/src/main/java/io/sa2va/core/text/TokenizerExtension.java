package io.sa2va.core.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds special tokens to a tokenizer's files, as transformers' {@code add_tokens} and {@code
 * save_pretrained} do: they get the ids after the largest one, in order.
 */
public final class TokenizerExtension {
  private static final String CONFIG = "tokenizer_config.json";
  private static final String DECODER = "added_tokens_decoder";
  private static final String ADDITIONAL = "additional_special_tokens";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Map<String, Integer> ids;

  private TokenizerExtension(Path folder, Map<String, Integer> ids) {
    this.folder = folder;
    this.ids = ids;
  }

  /** Those of the tokens that a tokenizer does not have, in the same order. */
  public static List<String> missing(Tokenizer tokenizer, List<String> tokens) {
    return tokens.stream().filter(token -> tokenizer.idOf(token).isEmpty()).toList();
  }

  /**
   * Adds tokens.
   *
   * @param folder a checkpoint's, whose tokenizer has none of them
   * @throws TokenizerException if its tokenizer is missing or damaged
   * @throws IOException if a file cannot be written
   */
  public static void add(Path folder, List<String> tokens) throws IOException {
    int next = TokenizerReader.read(folder).vocabularySize();
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, next + ids.size()));
    new TokenizerExtension(folder, ids).write();
  }

  private void write() throws IOException {
    Path tokenizer = folder.resolve("tokenizer.json");
    if (Files.exists(tokenizer)) {
      ObjectNode root = read(tokenizer);
      ArrayNode added = root.withArray("added_tokens");
      ids.forEach((token, id) -> added.add(flags(JSON.createObjectNode().put("id", id), token)));
      JSON.writeValue(tokenizer.toFile(), root);
    }
    boolean listed = writeConfig();
    writeOlderFiles(listed);
  }

  /** Whether the configuration lists added tokens, so that the older files need not. */
  private boolean writeConfig() throws IOException {
    Path file = folder.resolve(CONFIG);
    if (!Files.exists(file) || !read(file).has(DECODER)) {
      return false;
    }
    ObjectNode root = read(file);
    ObjectNode decoder = root.withObject("/" + DECODER);
    ids.forEach((token, id) -> decoder.set(id.toString(), flags(JSON.createObjectNode(), token)));
    addNames(root);
    write(file, root);
    return true;
  }

  private void writeOlderFiles(boolean listed) throws IOException {
    Path names = folder.resolve("special_tokens_map.json");
    if (Files.exists(names) || !listed) {
      ObjectNode root = read(names);
      addNames(root);
      write(names, root);
    }
    Path numbers = folder.resolve("added_tokens.json");
    if (Files.exists(numbers) || !listed) {
      ObjectNode root = read(numbers);
      ids.forEach(root::put);
      write(numbers, root);
    }
  }

  private void addNames(ObjectNode root) {
    ArrayNode additional = root.withArray(ADDITIONAL);
    ids.keySet().forEach(additional::add);
  }

  private static ObjectNode flags(ObjectNode node, String token) {
    node.put("content", token).put("single_word", false);
    node.put("lstrip", false).put("rstrip", false);
    return node.put("normalized", false).put("special", true);
  }

  /** An object without fields where there is no such file. */
  private static ObjectNode read(Path file) {
    return JsonFile.readIfPresent(file).map(JsonFile::root).orElseGet(JSON::createObjectNode);
  }

  private static void write(Path file, ObjectNode root) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }
}
