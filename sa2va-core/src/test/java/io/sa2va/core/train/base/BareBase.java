package io.sa2va.core.train.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.SafetensorsWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a fixture's checkpoint was made of: a model without Sa2VA's parts, and a SAM2. */
final class BareBase {
  private static final String SAM2 = "grounding_encoder.sam2_model.";
  private static final List<String> TABLES = List.of("embed_tokens", "tok_embeddings", "lm_head");

  private final EditedCheckpoint checkpoint;
  private final Path sam2;

  /** Takes a fixture apart in a folder that is empty. */
  BareBase(String family, Path folder) {
    this.checkpoint = EditedCheckpoint.copy(family, folder.resolve("bare"));
    this.sam2 = folder.resolve("sam2.safetensors");
    takeSam2();
    checkpoint.weights(weights -> weights.keySet().removeIf(n -> n.startsWith("text_hidden_fcs.")));
    takeTokens();
  }

  EditedCheckpoint checkpoint() {
    return checkpoint;
  }

  Path folder() {
    return checkpoint.folder();
  }

  /** SAM2's weights by their original names. */
  Path sam2() {
    return sam2;
  }

  private void takeSam2() {
    try (TensorScope scope = TensorScope.open();
        SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder()))) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      files.names().stream()
          .filter(name -> name.startsWith(SAM2))
          .forEach(name -> tensors.put(original(name), files.view(name, shape(files, name))));
      SafetensorsWriter.write(sam2, tensors, Map.of());
    }
    checkpoint.weights(weights -> weights.keySet().removeIf(name -> name.startsWith(SAM2)));
  }

  private static String original(String name) {
    return name.substring(SAM2.length()).replace("g_weight", "gamma");
  }

  static long[] shape(SafetensorsWeights files, String name) {
    return files.info(name).shape().stream().mapToLong(Long::longValue).toArray();
  }

  private void takeTokens() {
    editIfPresent("tokenizer.json", root -> removeFrom(root.get("added_tokens")));
    editIfPresent(
        "tokenizer_config.json",
        root -> {
          removeFrom(root.get("added_tokens_decoder"));
          removeFrom(root.get("additional_special_tokens"));
        });
    editIfPresent(
        "special_tokens_map.json", root -> removeFrom(root.get("additional_special_tokens")));
    editIfPresent("added_tokens.json", root -> root.remove(BaseCheckpoint.TOKENS));
    checkpoint.weights(
        weights ->
            weights.replaceAll(
                (name, weight) -> TABLES.stream().anyMatch(name::contains) ? cut(weight) : weight));
  }

  private static EditedCheckpoint.Weight cut(EditedCheckpoint.Weight table) {
    int rows = table.shape().get(0) - BaseCheckpoint.TOKENS.size();
    int bytes = table.data().capacity() / table.shape().get(0) * rows;
    return new EditedCheckpoint.Weight(
        table.dtype(), List.of(rows, table.shape().get(1)), table.data().slice(0, bytes));
  }

  private void editIfPresent(String file, Consumer<ObjectNode> edit) {
    if (Files.exists(folder().resolve(file))) {
      checkpoint.json(file, edit);
    }
  }

  private static void removeFrom(JsonNode tokens) {
    if (tokens instanceof ArrayNode list) {
      List<JsonNode> kept = new ArrayList<>();
      list.forEach(kept::add);
      list.removeAll();
      kept.stream().filter(token -> !isSa2va(token)).forEach(list::add);
    } else if (tokens instanceof ObjectNode object) {
      List<String> ids = new ArrayList<>();
      object.properties().stream()
          .filter(entry -> isSa2va(entry.getValue()))
          .forEach(entry -> ids.add(entry.getKey()));
      object.remove(ids);
    }
  }

  private static boolean isSa2va(JsonNode token) {
    return BaseCheckpoint.TOKENS.contains(
        token.isObject() ? token.get("content").asText() : token.asText());
  }

  /** Makes it one of OpenGVLab's. */
  BareBase asInternVl() {
    checkpoint.config(
        config -> {
          config.put("model_type", "internvl_chat").put("template", "internvl2_5");
          config.putArray("architectures").add("InternVLChatModel");
          config.remove("hidden_size");
          cutVocabulary(config, "llm_config");
        });
    return this;
  }

  /** Makes it one of Qwen's, as the published Qwen2.5-VL is written. */
  BareBase asQwen25() {
    checkpoint.config(
        config -> {
          cutVocabulary(config, "text_config");
          ObjectNode text = (ObjectNode) config.remove("text_config");
          text.remove("model_type");
          text.properties().forEach(entry -> config.set(entry.getKey(), entry.getValue()));
          config.put("model_type", "qwen2_5_vl").remove("template");
        });
    checkpoint.weights(
        weights -> {
          Map<String, EditedCheckpoint.Weight> all = new LinkedHashMap<>(weights);
          weights.clear();
          all.forEach(
              (name, weight) ->
                  weights.put(
                      name.replace("model.model.visual.", "visual.")
                          .replace("model.model.language_model.", "model.")
                          .replace("model.lm_head.", "lm_head."),
                      weight));
        });
    return this;
  }

  private static void cutVocabulary(ObjectNode config, String language) {
    ObjectNode node = (ObjectNode) config.get(language);
    node.put("vocab_size", node.get("vocab_size").intValue() - BaseCheckpoint.TOKENS.size());
  }
}
