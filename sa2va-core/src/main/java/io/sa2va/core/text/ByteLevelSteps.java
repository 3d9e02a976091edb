package io.sa2va.core.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Checks that the steps {@code tokenizer.json} asks for around the merging are those that {@link
 * ByteLevelBpe} does; another step would silently give other ids.
 */
final class ByteLevelSteps {
  private ByteLevelSteps() {}

  /** Returns whether text is brought to composed form first. */
  static boolean composes(JsonFile file) {
    JsonNode normalizer = file.root().path("normalizer");
    if (isAbsent(normalizer)) {
      return false;
    }
    expect(file, "normalizer.type", normalizer.path("type"), "NFC");
    return true;
  }

  static void check(JsonFile file) {
    checkModel(file, file.root().path("model"));
    checkPreTokenizer(file, file.root().path("pre_tokenizer"));
    expect(file, "decoder.type", file.root().path("decoder").path("type"), "ByteLevel");
    JsonNode postProcessor = file.root().path("post_processor");
    if (!isAbsent(postProcessor)) {
      expect(file, "post_processor.type", postProcessor.path("type"), "ByteLevel");
    }
  }

  private static void checkModel(JsonFile file, JsonNode model) {
    expect(file, "model.type", model.path("type"), "BPE");
    for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (!isAbsent(model.path(affix)) && !model.path(affix).asText().isEmpty()) {
        throw file.unexpected("model." + affix, "to be empty");
      }
    }
    if (!isAbsent(model.path("dropout"))) {
      throw file.unexpected("model.dropout", "to be null");
    }
    if (file.flag(model, "ignore_merges", false)) {
      throw file.unexpected("model.ignore_merges", "to be false");
    }
  }

  private static void checkPreTokenizer(JsonFile file, JsonNode sequence) {
    expect(file, "pre_tokenizer.type", sequence.path("type"), "Sequence");
    JsonNode steps = sequence.path("pretokenizers");
    if (steps.size() != 2) {
      throw file.unexpected("pre_tokenizer.pretokenizers", "to be Split and ByteLevel");
    }
    JsonNode split = steps.path(0);
    expect(file, "pre_tokenizer Split.type", split.path("type"), "Split");
    expect(file, "Split.pattern.Regex", split.path("pattern").path("Regex"), Qwen2Words.PATTERN);
    expect(file, "Split.behavior", split.path("behavior"), "Isolated");
    if (file.flag(split, "invert", false)) {
      throw file.unexpected("Split.invert", "to be false");
    }
    JsonNode byteLevel = steps.path(1);
    expect(file, "pre_tokenizer ByteLevel.type", byteLevel.path("type"), "ByteLevel");
    if (file.flag(byteLevel, "add_prefix_space", true)) {
      throw file.unexpected("ByteLevel.add_prefix_space", "to be false");
    }
    if (file.flag(byteLevel, "use_regex", true)) {
      throw file.unexpected("ByteLevel.use_regex", "to be false");
    }
  }

  private static void expect(JsonFile file, String field, JsonNode value, String expected) {
    if (!expected.equals(value.textValue())) {
      throw file.unexpected(
          field, "to be \"" + expected + "\", the only one supported, not " + shortened(value));
    }
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "...";
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
