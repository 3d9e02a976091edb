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
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIG = "tokenizer_config.json";
  private static final String NAMES = "special_tokens_map.json";
  private static final String NUMBERS = "added_tokens.json";
  private static final String DECODER = "added_tokens_decoder";
  private static final String ADDITIONAL = "additional_special_tokens";
  private static final JsonMapper JSON = new JsonMapper();

  private final Path source;
  private final Path target;
  private final Map<String, Integer> ids;

  private TokenizerExtension(Path source, Path target, Map<String, Integer> ids) {
    this.source = source;
    this.target = target;
    this.ids = ids;
  }

  /** Those of the tokens that a tokenizer does not have, in the same order. */
  public static List<String> missing(Tokenizer tokenizer, List<String> tokens) {
    return tokens.stream().filter(token -> tokenizer.idOf(token).isEmpty()).toList();
  }

  /**
   * Adds tokens.
   *
   * @param source a checkpoint's folder, whose tokenizer has none of them
   * @param target a copy of it, whose files are changed
   * @throws TokenizerException if its tokenizer is missing or damaged
   * @throws IOException if a file cannot be written
   */
  public static void add(Path source, Path target, List<String> tokens) throws IOException {
    int next = TokenizerReader.read(source).vocabularySize();
    Map<String, Integer> ids = new LinkedHashMap<>();
    tokens.forEach(token -> ids.put(token, next + ids.size()));
    new TokenizerExtension(source, target, ids).write();
  }

  private void write() throws IOException {
    if (Files.exists(source.resolve(TOKENIZER))) {
      JsonFile file = read(TOKENIZER);
      ArrayNode added = list(file, "added_tokens");
      ids.forEach((token, id) -> added.add(flags(JSON.createObjectNode().put("id", id), token)));
      JSON.writeValue(target.resolve(TOKENIZER).toFile(), file.root());
    }
    boolean listed = writeConfig();
    writeOlderFiles(listed);
  }

  /** Whether the configuration lists added tokens, so that the older files need not. */
  private boolean writeConfig() throws IOException {
    JsonFile file = read(CONFIG);
    if (!file.root().hasNonNull(DECODER)) {
      return false;
    }
    if (!(file.root().get(DECODER) instanceof ObjectNode decoder)) {
      throw file.unexpected(DECODER, "to be an object");
    }
    ids.forEach((token, id) -> decoder.set(id.toString(), flags(JSON.createObjectNode(), token)));
    addNames(file);
    writePretty(CONFIG, file.root());
    return true;
  }

  private void writeOlderFiles(boolean listed) throws IOException {
    if (Files.exists(source.resolve(NAMES)) || !listed) {
      JsonFile file = read(NAMES);
      addNames(file);
      writePretty(NAMES, file.root());
    }
    if (Files.exists(source.resolve(NUMBERS)) || !listed) {
      ObjectNode root = read(NUMBERS).root();
      ids.forEach(root::put);
      writePretty(NUMBERS, root);
    }
  }

  private void addNames(JsonFile file) {
    ArrayNode additional = list(file, ADDITIONAL);
    ids.keySet().forEach(additional::add);
  }

  /** A list of the file, made where it has none. */
  private static ArrayNode list(JsonFile file, String field) {
    if (!file.root().hasNonNull(field)) {
      return file.root().putArray(field);
    }
    if (file.root().get(field) instanceof ArrayNode list) {
      return list;
    }
    throw file.unexpected(field, "to be a list");
  }

  private static ObjectNode flags(ObjectNode node, String token) {
    node.put("content", token).put("single_word", false);
    node.put("lstrip", false).put("rstrip", false);
    return node.put("normalized", false).put("special", true);
  }

  /** An object without fields where there is no such file. */
  private JsonFile read(String name) {
    Path file = source.resolve(name);
    return JsonFile.readIfPresent(file)
        .orElseGet(() -> new JsonFile(file, JSON.createObjectNode()));
  }

  private void writePretty(String name, ObjectNode root) throws IOException {
    JSON.writerWithDefaultPrettyPrinter().writeValue(target.resolve(name).toFile(), root);
  }
}
