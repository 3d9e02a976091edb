package io.sa2va.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tokenizer_config.json} says, and where it lists no added tokens the older files
 * {@code added_tokens.json} and {@code special_tokens_map.json} beside it.
 */
final class TokenizerConfig {
  private static final String CONFIG = "tokenizer_config.json";
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private final Path path;
  private final Map<String, Optional<String>> roles = new HashMap<>();
  private final Set<String> additional = new HashSet<>();
  private final List<AddedToken> addedTokens = new ArrayList<>();
  private boolean cleanUpSpaces;
  private @Nullable Boolean addBosToken;

  private TokenizerConfig(Path path) {
    this.path = path;
  }

  /**
   * Reads the files in a checkpoint's folder.
   *
   * @param defaultRoles the reference class's own values for roles that no file mentions
   */
  static TokenizerConfig read(Path folder, Map<String, String> defaultRoles) {
    TokenizerConfig config = new TokenizerConfig(folder.resolve(CONFIG));
    defaultRoles.forEach((role, token) -> config.roles.put(role, Optional.of(token)));
    Optional<JsonFile> file = JsonFile.readIfPresent(config.path);
    file.ifPresent(config::readRoles);
    file.ifPresent(config::readFlags);
    if (file.isPresent() && file.get().root().has("added_tokens_decoder")) {
      config.readAddedTokensDecoder(file.get());
    } else {
      JsonFile.readIfPresent(folder.resolve("special_tokens_map.json"))
          .ifPresent(config::readRoles);
      JsonFile.readIfPresent(folder.resolve("added_tokens.json"))
          .ifPresent(config::readAddedTokensFile);
    }
    return config;
  }

  /** Returns the added tokens as the files flag them, in order of their ids. */
  List<AddedToken> addedTokens() {
    return addedTokens;
  }

  /** Returns the tokens with a role of their own or among the additional special ones. */
  Set<String> specialNames() {
    Set<String> names = new HashSet<>(additional);
    roles.values().forEach(token -> token.ifPresent(names::add));
    return names;
  }

  /** Returns the additional special tokens, those without a role. */
  Set<String> additionalNames() {
    return additional;
  }

  boolean cleanUpSpaces() {
    return cleanUpSpaces;
  }

  /** Returns the ids of the roles that frame a sequence. */
  SequenceIds sequenceIds(Vocabulary vocabulary, boolean addBosByDefault) {
    OptionalInt bos = idOf("bos_token", vocabulary);
    return new SequenceIds(
        (addBosToken == null ? addBosByDefault : addBosToken) ? bos : OptionalInt.empty(),
        bos,
        idOf("eos_token", vocabulary),
        idOf("pad_token", vocabulary));
  }

  private OptionalInt idOf(String role, Vocabulary vocabulary) {
    Optional<String> token = roles.getOrDefault(role, Optional.empty());
    if (token.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalInt id = vocabulary.idOf(token.get());
    if (id.isEmpty()) {
      throw new TokenizerException(
          path
              + ": the "
              + role
              + " \""
              + token.get()
              + "\" is not in the vocabulary; expected one of"
              + " its tokens. Check that the tokenizer's files belong together.");
    }
    return id;
  }

  /**
   * Returns the complaint that an added token has another id, or its id another name, elsewhere.
   */
  TokenizerException contradicts(AddedToken token) {
    return new TokenizerException(
        path
            + " or added_tokens.json beside it gives \""
            + token.content()
            + "\" the id "
            + token.id()
            + ", but the vocabulary says otherwise; expected them to agree. Take all of the"
            + " tokenizer's files from one checkpoint.");
  }

  private void readRoles(JsonFile file) {
    for (String role : ROLES) {
      JsonNode value = file.root().get(role);
      if (value != null) {
        roles.put(role, value.isNull() ? Optional.empty() : Optional.of(name(file, value, role)));
      }
    }
    for (JsonNode value : file.root().path("additional_special_tokens")) {
      additional.add(name(file, value, "additional_special_tokens"));
    }
  }

  private void readFlags(JsonFile file) {
    cleanUpSpaces = file.flag(file.root(), "clean_up_tokenization_spaces", false);
    if (file.root().hasNonNull("add_bos_token")) {
      addBosToken = file.flag(file.root(), "add_bos_token", false);
    }
  }

  /** A token is written as its text or as an object with the text and flags. */
  private static String name(JsonFile file, JsonNode value, String field) {
    return file.text(value.isObject() ? file.required(value, "content") : value, field);
  }

  private void readAddedTokensDecoder(JsonFile file) {
    JsonNode decoder = file.root().get("added_tokens_decoder");
    for (Map.Entry<String, JsonNode> entry : decoder.properties()) {
      addedTokens.add(addedToken(file, entry.getValue(), parseId(file, entry.getKey())));
    }
    sortById();
  }

  private void readAddedTokensFile(JsonFile file) {
    Set<String> special = specialNames();
    for (Map.Entry<String, JsonNode> entry : file.root().properties()) {
      boolean isSpecial = special.contains(entry.getKey());
      addedTokens.add(
          AddedToken.plain(entry.getKey(), file.id(entry.getValue(), entry.getKey()), isSpecial)
              .withNormalized(!isSpecial));
    }
    sortById();
  }

  private void sortById() {
    addedTokens.sort((a, b) -> Integer.compare(a.id(), b.id()));
  }

  private static int parseId(JsonFile file, String digits) {
    try {
      int id = Integer.parseInt(digits);
      if (id >= 0 && id <= Vocabulary.LARGEST_ID) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw new TokenizerException(
          file.path()
              + ": expected the keys of \"added_tokens_decoder\" to be ids, not \""
              + digits
              + "\".",
          e);
    }
    throw file.unexpected(
        "added_tokens_decoder", "to have ids from 0 to " + Vocabulary.LARGEST_ID + " as keys");
  }

  /** Reads a token with its flags, as this file and {@code tokenizer.json} write them. */
  static AddedToken addedToken(JsonFile file, JsonNode node, int id) {
    boolean special = file.flag(node, "special", false);
    return new AddedToken(
        file.text(file.required(node, "content"), "content"),
        id,
        file.flag(node, "single_word", false),
        file.flag(node, "lstrip", false),
        file.flag(node, "rstrip", false),
        file.flag(node, "normalized", !special),
        special);
  }
}
