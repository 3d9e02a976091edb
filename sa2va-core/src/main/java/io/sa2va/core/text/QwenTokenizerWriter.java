package io.sa2va.core.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a byte-level tokenizer as a Qwen2 checkpoint has it: {@code tokenizer.json} and {@code
 * tokenizer_config.json}, which Python's transformers read as well.
 */
public final class QwenTokenizerWriter {
  /** What ends an answer; the first special token. */
  private static final String END = "<|im_end|>";

  /** Special tokens after the vocabulary, in the order of Sa2VA's InternVL checkpoints. */
  private static final List<String> SPECIAL =
      List.of(
          END,
          "<|endoftext|>",
          "<|im_start|>",
          "<img>",
          "</img>",
          "<IMG_CONTEXT>",
          "<quad>",
          "</quad>",
          "<ref>",
          "</ref>",
          "<box>",
          "</box>",
          "[SEG]",
          "<p>",
          "</p>",
          "<vp>",
          "</vp>");

  private static final JsonMapper JSON = new JsonMapper();

  private final List<BytePairTraining.Merge> merges;
  private final Map<String, Integer> vocabulary = new LinkedHashMap<>();

  /**
   * @param merges in the order in which they apply
   */
  public QwenTokenizerWriter(List<BytePairTraining.Merge> merges) {
    this.merges = List.copyOf(merges);
    List<String> tokens = new ArrayList<>(BytePairTraining.bytes());
    merges.forEach(merge -> tokens.add(merge.merged()));
    tokens.forEach(token -> vocabulary.putIfAbsent(token, vocabulary.size()));
  }

  /** How many ids there are, special tokens included. */
  public int size() {
    return vocabulary.size() + SPECIAL.size();
  }

  /** The id of what ends an answer. */
  public int endId() {
    return vocabulary.size();
  }

  /**
   * Writes both files.
   *
   * @param folder exists
   * @throws IOException if one cannot be written
   */
  public void write(Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), JSON.writeValueAsBytes(tokenizer()));
    Files.write(folder.resolve("tokenizer_config.json"), JSON.writeValueAsBytes(configuration()));
  }

  private ObjectNode tokenizer() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0");
    root.putNull("truncation");
    root.putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    for (int i = 0; i < SPECIAL.size(); i++) {
      added.add(special(SPECIAL.get(i)).put("id", vocabulary.size() + i));
    }
    root.putObject("normalizer").put("type", "NFC");
    ObjectNode cut = root.putObject("pre_tokenizer").put("type", "Sequence");
    ArrayNode steps = cut.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", Qwen2Words.PATTERN);
    split.put("behavior", "Isolated").put("invert", false);
    byteLevel(steps.addObject(), false, false);
    root.putNull("post_processor");
    byteLevel(root.putObject("decoder"), true, true);
    root.set("model", model());
    return root;
  }

  private static void byteLevel(ObjectNode node, boolean prefixSpace, boolean regex) {
    node.put("type", "ByteLevel").put("add_prefix_space", prefixSpace);
    node.put("trim_offsets", true).put("use_regex", regex);
  }

  private ObjectNode model() {
    ObjectNode model = JSON.createObjectNode().put("type", "BPE");
    model.putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode ids = model.putObject("vocab");
    vocabulary.forEach(ids::put);
    ArrayNode pairs = model.putArray("merges");
    merges.forEach(merge -> pairs.addArray().add(merge.left()).add(merge.right()));
    return model;
  }

  private ObjectNode configuration() {
    ObjectNode root = JSON.createObjectNode();
    root.put("add_prefix_space", false);
    ObjectNode added = root.putObject("added_tokens_decoder");
    for (int i = 0; i < SPECIAL.size(); i++) {
      added.set(Integer.toString(vocabulary.size() + i), special(SPECIAL.get(i)));
    }
    root.putNull("bos_token");
    root.put("clean_up_tokenization_spaces", false);
    root.put("eos_token", END);
    root.put("pad_token", "<|endoftext|>");
    root.put("tokenizer_class", "Qwen2Tokenizer");
    root.putNull("unk_token");
    return root;
  }

  private static ObjectNode special(String content) {
    ObjectNode token = JSON.createObjectNode().put("content", content);
    token.put("single_word", false).put("lstrip", false).put("rstrip", false);
    return token.put("normalized", false).put("special", true);
  }
}
