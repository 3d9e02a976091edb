package io.sa2va.core.adapter;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.SafetensorsWriter;
import io.sa2va.torch.weights.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with what was trained of a model, much smaller than the model: {@code
 * adapter_config.json} and {@code adapter_model.safetensors}, as Hugging Face's peft reads and
 * writes them. The weights are {@code MAP.lora_A.weight} and {@code MAP.lora_B.weight} for each
 * adapter of a linear map, and others under the names that they have in the model, whose places
 * they take; before each stands {@link AdapterTensors#PREFIX}.
 *
 * @param base what the model that it changes was called
 * @param rank of the adapters
 * @param alpha adapters are multiplied by alpha / rank
 * @param dropout that they were trained with
 */
public record AdapterFolder(String base, int rank, double alpha, double dropout) {
  static final String LORA_A = ".lora_A.weight";
  static final String LORA_B = ".lora_B.weight";
  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads what a folder says of itself.
   *
   * @throws io.sa2va.error.ModelConfigException if it is missing or not sound
   */
  static AdapterFolder read(Path folder) {
    ConfigNode config = ConfigNode.read(folder.resolve(CONFIG));
    requirePlain(config);
    return new AdapterFolder(
        config.text("base_model_name_or_path"),
        config.integer("r", 1),
        config.number("lora_alpha"),
        config.number("lora_dropout", 0));
  }

  /** What peft can do besides is not read. */
  private static void requirePlain(ConfigNode config) {
    if (!config.text("peft_type", "LORA").equals("LORA")) {
      throw config.error("peft_type", "\"LORA\": other adapters are not read");
    }
    for (String key : List.of("use_dora", "use_rslora")) {
      if (config.flag(key, false)) {
        throw config.error(key, "false: this kind of adapter is not read");
      }
    }
    for (String key : List.of("rank_pattern", "alpha_pattern")) {
      if (config.has(key) && !config.object(key).isEmpty()) {
        throw config.error(key, "empty: all adapters have the same rank and scale");
      }
    }
  }

  static Path weights(Path folder) {
    return folder.resolve(WEIGHTS);
  }

  /** What A·x is multiplied by before B. */
  double scale() {
    return alpha / rank;
  }

  /**
   * Writes a folder; the description comes last.
   *
   * @param folder made if it does not exist
   * @param tensors by their names in the model
   * @throws WeightException if it cannot be written
   */
  public void write(Path folder, Map<String, Tensor> tensors) {
    try {
      Files.createDirectories(folder);
      Map<String, Tensor> named = new LinkedHashMap<>();
      tensors.forEach((name, tensor) -> named.put(AdapterTensors.PREFIX + name, tensor));
      SafetensorsWriter.write(weights(folder), named, Map.of("format", "pt"));
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve(CONFIG).toFile(), description(tensors.keySet()));
    } catch (IOException e) {
      throw new WeightException("cannot write the adapter to " + folder + ": " + e, e);
    }
  }

  private ObjectNode description(Collection<String> names) {
    ObjectNode config = JSON.createObjectNode();
    config.put("peft_type", "LORA");
    config.putNull("task_type"); // The adapter is the whole model's, which generates by itself.
    config.put("base_model_name_or_path", base);
    config.put("inference_mode", true);
    config.put("r", rank);
    config.put("lora_alpha", alpha);
    config.put("lora_dropout", dropout);
    config.put("bias", "none");
    config.put("fan_in_fan_out", false);
    names.stream()
        .filter(name -> name.endsWith(LORA_A))
        .map(name -> name.substring(0, name.length() - LORA_A.length()))
        .forEach(config.putArray("target_modules")::add);
    names.stream()
        .filter(name -> !name.endsWith(LORA_A) && !name.endsWith(LORA_B))
        .map(AdapterFolder::module)
        .distinct()
        .forEach(config.putArray("modules_to_save")::add);
    return config;
  }

  /** The module that peft keeps a copy of for a weight: all of those that are trained as one. */
  private static String module(String name) {
    return TrainedModules.of(name).orElseGet(() -> name.substring(0, name.lastIndexOf('.')));
  }
}
