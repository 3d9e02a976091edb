package io.sa2va.core.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.LoraOptions;
import io.sa2va.TrainingOptions;
import io.sa2va.TrainingRequest;
import io.sa2va.core.engine.Placement;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.Sa2VAException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the numbers of a run depend on, kept in its folder as {@code run.json}: a run that is
 * resumed must have the same.
 *
 * @param values by name, as text
 */
record RunDescription(Map<String, String> values) {
  private static final String FILE = "run.json";
  private static final JsonMapper JSON = new JsonMapper();

  static RunDescription of(TrainingRequest request, long steps, Placement placement) {
    TrainingOptions options = request.options();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("model", request.model());
    values.put("data", request.data());
    @Nullable Path sam2 = request.loading().sam2Weights();
    if (sam2 != null) {
      values.put("sam2_weights", sam2.toString());
    }
    values.put("steps", Long.toString(steps));
    values.put("batch_size", Integer.toString(options.batchSize()));
    values.put("accumulate", Integer.toString(options.accumulate()));
    values.put("learning_rate", Double.toString(options.learningRate()));
    values.put("warm_up", Double.toString(options.warmUp()));
    @Nullable LoraOptions lora = options.lora();
    values.put("lora_rank", lora == null ? "none" : Integer.toString(lora.rank()));
    values.put("lora_alpha", lora == null ? "none" : Double.toString(lora.alpha()));
    values.put("lora_dropout", lora == null ? "none" : Double.toString(lora.dropout()));
    values.put("seed", Long.toString(options.seed()));
    values.put("dtype", placement.dtype().toString());
    return new RunDescription(values);
  }

  /**
   * Whether a folder has this run already.
   *
   * @param resume whether it may
   * @throws InvalidRequestException if it has a run that must not be, or is another one
   */
  boolean isBegun(Path folder, boolean resume) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return false;
      }
      if (!resume) {
        throw new InvalidRequestException(
            folder + " holds a run of training already; resume it, or name another folder");
      }
      requireSame(file, JSON.readTree(file.toFile()));
      return true;
    } catch (JacksonException e) {
      throw new Sa2VAException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new Sa2VAException("cannot read the description of the run " + file + ": " + e, e);
    }
  }

  /** Makes this the run of a folder that has none. */
  void settle(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), values);
    } catch (IOException e) {
      throw new Sa2VAException("cannot keep the description of the run " + file + ": " + e, e);
    }
  }

  /** Takes it back. */
  static void remove(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(FILE));
  }

  private void requireSame(Path file, JsonNode kept) {
    values.forEach(
        (name, value) -> {
          String before = kept.path(name).asText("missing");
          if (!before.equals(value)) {
            throw new InvalidRequestException(
                "%s: the run was begun with %s = %s, but is to go on with %s; resume it with the same"
                    .formatted(file, name, before, value));
          }
        });
  }
}
