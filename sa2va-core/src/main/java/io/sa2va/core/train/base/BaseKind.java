package io.sa2va.core.train.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.error.UnsupportedModelException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The models that Sa2VA is made of: how their configuration and the names of their weights become
 * those of a Sa2VA checkpoint.
 *
 * <p>Source: tools/convert_to_hf.py of the reference, and the published base models.
 */
enum BaseKind {
  /** A Sa2VA checkpoint already. */
  SA2VA("sa2va_chat") {
    @Override
    void convert(ObjectNode config) {}
  },
  /** OpenGVLab's InternVL 2 to 3, whose weights have the same names. */
  INTERNVL("internvl_chat") {
    @Override
    void convert(ObjectNode config) {
      JsonNode llm = config.path("llm_config");
      String architecture = llm.path("architectures").path(0).asText();
      if (!TEMPLATES.containsKey(architecture)) {
        throw new UnsupportedModelException(
            "config.json: Sa2VA has no chat template for the language model \""
                + architecture
                + "\"; it has for "
                + TEMPLATES.keySet().stream().sorted().toList());
      }
      config.put("template", TEMPLATES.get(architecture));
      config.set("hidden_size", llm.path("hidden_size"));
      rename(config, "Sa2VAChatModel", "Sa2VAChatConfig", "modeling_sa2va_chat");
    }
  },
  /** Qwen2.5-VL, whose published config.json has the language model's sizes on its first level. */
  QWEN2_5_VL("qwen2_5_vl") {
    @Override
    void convert(ObjectNode config) {
      convertQwen(config);
    }

    @Override
    String weight(String name) {
      return qwenWeight(name);
    }
  },
  /** Qwen3-VL. */
  QWEN3_VL("qwen3_vl") {
    @Override
    void convert(ObjectNode config) {
      convertQwen(config);
    }

    @Override
    String weight(String name) {
      return qwenWeight(name);
    }
  };

  /** By {@code llm_config.architectures[0]}, as the reference's checkpoints have them. */
  private static final Map<String, String> TEMPLATES =
      Map.of(
          "Qwen2ForCausalLM", "qwen_chat",
          "Qwen3ForCausalLM", "qwen_chat",
          "InternLM2ForCausalLM", "internlm2_chat",
          "Phi3ForCausalLM", "phi3_chat");

  /** Keys that are not of the language model where its sizes are on the first level. */
  private static final Set<String> OF_THE_WHOLE =
      Set.of(
          "architectures",
          "auto_map",
          "model_type",
          "template",
          "transformers_version",
          "vision_config",
          "grounding_encoder_config",
          "image_token_id",
          "video_token_id",
          "vision_start_token_id",
          "vision_end_token_id",
          "vision_token_id");

  /** A place in Qwen's own checkpoints, and the same in those of Sa2VA. */
  private record Move(Pattern from, String to) {}

  private static final List<Move> QWEN_NAMES =
      List.of(
          new Move(Pattern.compile("^(model\\.)?visual\\."), "model.model.visual."),
          new Move(
              Pattern.compile("^model\\.(language_model\\.)?(layers|embed_tokens|norm)\\."),
              "model.model.language_model.$2."),
          new Move(Pattern.compile("^lm_head\\."), "model.lm_head."));

  private final String modelType;

  BaseKind(String modelType) {
    this.modelType = modelType;
  }

  /**
   * The kind of a configuration.
   *
   * @throws UnsupportedModelException if Sa2VA cannot be made of such a model
   */
  static BaseKind of(ConfigNode config) {
    String type = config.text("model_type");
    for (BaseKind kind : values()) {
      if (kind.modelType.equals(type)) {
        return kind;
      }
    }
    throw new UnsupportedModelException(
        config
            + ": \"model_type\" is \""
            + type
            + "\"; a training starts from "
            + List.of(values()).stream().map(kind -> kind.modelType).toList());
  }

  /** Makes a base's config.json that of a Sa2VA checkpoint. */
  abstract void convert(ObjectNode config);

  /** A weight's name in a Sa2VA checkpoint. */
  String weight(String name) {
    return name;
  }

  private static String qwenWeight(String name) {
    return QWEN_NAMES.stream()
        .filter(move -> move.from().matcher(name).find())
        .findFirst()
        .map(move -> move.from().matcher(name).replaceFirst(move.to()))
        .orElse(name);
  }

  private static void convertQwen(ObjectNode config) {
    if (!config.has("text_config")) {
      ObjectNode text = config.objectNode();
      config
          .properties()
          .forEach(
              entry -> {
                if (!OF_THE_WHOLE.contains(entry.getKey())) {
                  text.set(entry.getKey(), entry.getValue());
                }
              });
      text.fieldNames().forEachRemaining(config::remove);
      config.put("tie_word_embeddings", text.path("tie_word_embeddings").asBoolean());
      config.set("text_config", text);
    }
    config.put("template", "qwen_chat");
    rename(config, "Sa2VAChatModelQwen", "Sa2VAChatConfigQwen", "modeling_sa2va_qwen");
  }

  private static void rename(ObjectNode config, String model, String configuration, String module) {
    config.put("model_type", SA2VA.modelType);
    config.putArray("architectures").add(model);
    config
        .putObject("auto_map")
        .put("AutoConfig", "configuration_sa2va_chat." + configuration)
        .put("AutoModel", module + "." + model)
        .put("AutoModelForCausalLM", module + "." + model);
  }
}
