package io.sa2va.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a byte-level tokenizer from {@code tokenizer.json}, or from {@code vocab.json} and {@code
 * merges.txt}, which say the same without the steps before and after the merging.
 */
final class ByteLevelFiles {
  private static final long LARGEST_MERGES = 64L << 20;
  // What Qwen2's tokenizer class takes where its configuration names nothing else.
  private static final Map<String, String> DEFAULT_ROLES =
      Map.of("eos_token", "<|endoftext|>", "pad_token", "<|endoftext|>");

  private ByteLevelFiles() {}

  static ByteLevelBpe readTokenizerJson(Path folder) {
    JsonFile file = JsonFile.read(folder.resolve("tokenizer.json"));
    boolean composes = ByteLevelSteps.composes(file);
    ByteLevelSteps.check(file);
    JsonNode model = file.required(file.root(), "model");
    MergeReader merges =
        new MergeReader(file.path(), vocabulary(file, model.path("vocab"), "vocab"));
    JsonNode list = file.required(model, "merges");
    if (!list.isArray()) {
      throw file.unexpected("merges", "to be a list");
    }
    for (JsonNode merge : list) {
      if (merge.isArray() && merge.size() == 2) {
        merges.add(file.text(merge.get(0), "merges"), file.text(merge.get(1), "merges"));
      } else {
        merges.add(file.text(merge, "merges"));
      }
    }
    List<AddedToken> added = new ArrayList<>();
    for (JsonNode token : file.root().path("added_tokens")) {
      int id = file.id(file.required(token, "id"), "added_tokens.id");
      added.add(TokenizerConfig.addedToken(file, token, id));
    }
    return assemble(folder, merges, added, composes);
  }

  static ByteLevelBpe readVocabularyAndMerges(Path folder) {
    JsonFile file = JsonFile.read(folder.resolve("vocab.json"));
    Path mergesPath = folder.resolve("merges.txt");
    MergeReader merges = new MergeReader(mergesPath, vocabulary(file, file.root(), "the root"));
    String text = new String(JsonFile.bytesOf(mergesPath, LARGEST_MERGES), StandardCharsets.UTF_8);
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#version"))
        .forEach(merges::add);
    return assemble(folder, merges, List.of(), true);
  }

  private static Map<String, Integer> vocabulary(JsonFile file, JsonNode node, String field) {
    if (!(node instanceof ObjectNode object)) {
      throw file.unexpected(field, "to be an object of tokens and their ids");
    }
    Map<String, Integer> ids = new HashMap<>();
    BitSet seen = new BitSet();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      int id = file.id(entry.getValue(), entry.getKey());
      if (seen.get(id)) {
        throw file.unexpected(field, "to give each id once, but " + id + " is there twice");
      }
      seen.set(id);
      ids.put(entry.getKey(), id);
    }
    return ids;
  }

  private static ByteLevelBpe assemble(
      Path folder, MergeReader merges, List<AddedToken> listed, boolean composes) {
    TokenizerConfig config = TokenizerConfig.read(folder, DEFAULT_ROLES);
    Vocabulary vocabulary =
        new Vocabulary(merges.vocabulary(), join(merges.vocabulary(), listed, config));
    ByteLevelModel model = new ByteLevelModel(merges.byteIds(), merges.table(), composes);
    return new ByteLevelBpe(
        vocabulary, model, config.sequenceIds(vocabulary, false), config.cleanUpSpaces());
  }

  /** The configuration's tokens come on top of the listed ones and change the flags of the same. */
  private static List<AddedToken> join(
      Map<String, Integer> base, List<AddedToken> listed, TokenizerConfig config) {
    Map<String, Integer> ids = new HashMap<>(base);
    Map<String, AddedToken> tokens = new LinkedHashMap<>();
    for (AddedToken token : listed) {
      ids.put(token.content(), token.id());
      tokens.put(token.content(), token);
    }
    Map<Integer, String> names = new HashMap<>();
    ids.forEach((name, id) -> names.put(id, name));
    for (AddedToken token : config.addedTokens()) {
      String name = token.content();
      if (ids.getOrDefault(name, token.id()) != token.id()
          || !names.getOrDefault(token.id(), name).equals(name)) {
        throw config.contradicts(token);
      }
      boolean special = token.special() || config.specialNames().contains(name);
      tokens.put(name, token.withSpecial(special));
    }
    return List.copyOf(tokens.values());
  }
}
