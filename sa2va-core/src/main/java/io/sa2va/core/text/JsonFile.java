package io.sa2va.core.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A JSON file that holds one object, read strictly; every complaint names the file and the field.
 */
record JsonFile(Path path, ObjectNode root) {
  private static final long LARGEST_FILE = 32L << 20;
  private static final int DEEPEST_NESTING = 64;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_NESTING)
                  .maxDocumentLength(LARGEST_FILE)
                  .build())
          .build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static JsonFile read(Path path) {
    byte[] bytes = bytesOf(path, LARGEST_FILE);
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return new JsonFile(path, object);
      }
    } catch (IOException e) {
      throw new TokenizerException(
          path + " is not valid JSON: " + e.getMessage() + ". Download the file again.", e);
    }
    throw new TokenizerException(path + " does not hold a JSON object. Download the file again.");
  }

  static Optional<JsonFile> readIfPresent(Path path) {
    return Files.exists(path) ? Optional.of(read(path)) : Optional.empty();
  }

  /** Reads a file that must not be larger than {@code largest} bytes. */
  static byte[] bytesOf(Path path, long largest) {
    try {
      long size = Files.size(path);
      if (size > largest) {
        throw new TokenizerException(
            path
                + " has "
                + size
                + " bytes, but at most "
                + largest
                + " were expected; it is not a"
                + " tokenizer's file.");
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new TokenizerException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Returns a field of {@code node}, or of the root; a missing one is a complaint about {@code
   * field}.
   */
  JsonNode required(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw unexpected(field, "to be there");
    }
    return value;
  }

  /** Returns a field that must be a whole number from 0 to {@link Vocabulary#LARGEST_ID}. */
  int id(JsonNode value, String field) {
    if (!value.isInt() || value.intValue() < 0 || value.intValue() > Vocabulary.LARGEST_ID) {
      throw unexpected(field, "to be an id from 0 to " + Vocabulary.LARGEST_ID);
    }
    return value.intValue();
  }

  String text(JsonNode value, String field) {
    if (!value.isTextual()) {
      throw unexpected(field, "to be a string");
    }
    return value.textValue();
  }

  /** Returns a flag, or {@code otherwise} where it is missing or null. */
  boolean flag(JsonNode node, String field, boolean otherwise) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw unexpected(field, "to be true or false");
    }
    return value.booleanValue();
  }

  TokenizerException unexpected(String field, String expectation) {
    return new TokenizerException(
        path
            + ": expected \""
            + field
            + "\" "
            + expectation
            + ". Check that the file belongs to a supported checkpoint, or download it again.");
  }
}
