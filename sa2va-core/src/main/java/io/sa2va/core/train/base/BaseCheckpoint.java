package io.sa2va.core.train.base;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Longs;
import io.sa2va.core.config.CheckpointFolder;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.family.Families;
import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.core.sam2.Sam2File;
import io.sa2va.core.text.TokenizerExtension;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.core.train.LinearStart;
import io.sa2va.core.train.TokenTables;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.UnsupportedModelException;
import io.sa2va.files.PartialFolder;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.AnnouncedWeights;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.CheckpointWriter;
import io.sa2va.torch.weights.PendingTensor;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.TensorInfo;
import io.sa2va.torch.weights.WeightException;
import io.sa2va.torch.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A model that training starts from. It may lack what makes it a Sa2VA: the special tokens, {@code
 * text_hidden_fcs}, and SAM2; then a checkpoint that has them is written first.
 *
 * <p>Source: {@code Sa2VAModel.__init__} in projects/sa2va/models/sa2va.py.
 */
public final class BaseCheckpoint {
  /** In the order in which they get their ids. */
  public static final List<String> TOKENS = List.of("[SEG]", "<p>", "</p>", "<vp>", "</vp>");

  private static final String CONFIG = "config.json";
  private static final String PROJECTOR = "text_hidden_fcs.";
  private static final long SHARD_BYTES = 4L << 30;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final BaseKind kind;
  private final List<String> missingTokens;
  private final boolean hasProjector;
  private final boolean hasSam2;

  private BaseCheckpoint(Path folder, SafetensorsWeights files) {
    ConfigNode config = ConfigNode.read(folder.resolve(CONFIG));
    if (config.has("quantization_config")) {
      throw new UnsupportedModelException(
          config + ": the weights are quantized; a training starts from the original checkpoint");
    }
    this.folder = folder;
    this.kind = BaseKind.of(config);
    this.missingTokens = TokenizerExtension.missing(TokenizerReader.read(folder), TOKENS);
    this.hasProjector = files.names().stream().anyMatch(name -> name.startsWith(PROJECTOR));
    this.hasSam2 = files.names().stream().anyMatch(name -> name.startsWith(Sam2File.PLACE));
  }

  /**
   * Looks at a checkpoint folder.
   *
   * @throws UnsupportedModelException if Sa2VA cannot be made of such a model
   * @throws WeightException if its weights are missing or damaged
   * @throws io.sa2va.error.ModelConfigException if its configuration is not sound
   */
  public static BaseCheckpoint read(Path folder) {
    try (SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder))) {
      return new BaseCheckpoint(folder, files);
    }
  }

  /** Whether it is a Sa2VA that lacks nothing. */
  public boolean isComplete() {
    return kind == BaseKind.SA2VA && missingTokens.isEmpty() && hasProjector && hasSam2;
  }

  /**
   * Demands SAM2's weights from exactly one place.
   *
   * @param sam2 weights beside the model's own
   * @throws InvalidRequestException if there are none, or two
   */
  public void requireSam2(Optional<Path> sam2) {
    if (hasSam2 && sam2.isPresent()) {
      throw new InvalidRequestException(
          folder + " has SAM2 in it; a training takes no SAM2 weights beside the model's own");
    }
    if (!hasSam2 && sam2.isEmpty()) {
      throw new InvalidRequestException(
          folder
              + " has no SAM2 in it; name SAM2's weights as well (sam2Weights, --sam2): the"
              + " safetensors of facebook/sam2-hiera-large, or a Sa2VA checkpoint that has them");
    }
  }

  /**
   * Writes the Sa2VA that it becomes. The folder appears when all of it is written, and only if a
   * model can be built of it.
   *
   * @param target not there yet
   * @param sam2 SAM2's weights, if the base has none
   * @param seed of {@code text_hidden_fcs}, where they begin anew
   * @throws InvalidRequestException if SAM2's weights are missing, or there twice
   * @throws WeightException if it cannot be written, or a weight is missing, left over, or of
   *     another shape
   * @throws io.sa2va.error.ModelConfigException if its configuration is not sound
   */
  public void complete(Path target, Optional<Path> sam2, long seed) {
    requireSam2(sam2);
    try (NoGrad off = NoGrad.begin();
        SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder));
        PartialFolder partial = PartialFolder.of(target)) {
      CheckpointFolder.copyAllButWeights(folder, partial.path());
      TokenizerExtension.add(folder, partial.path(), missingTokens);
      long rows = TokenizerReader.read(partial.path()).vocabularySize();
      writeConfig(partial.path().resolve(CONFIG), rows);
      ConfigNode config = ConfigNode.read(partial.path().resolve(CONFIG));
      Map<String, PendingTensor> tensors = tensors(files, rows);
      addProjector(tensors, config, seed);
      write(partial.path(), config, tensors, sam2);
      partial.finish();
    } catch (IOException e) {
      throw new WeightException("cannot write the model to " + target + ": " + e, e);
    }
  }

  private void write(
      Path target, ConfigNode config, Map<String, PendingTensor> tensors, Optional<Path> sam2) {
    if (sam2.isEmpty()) {
      requireBuildable(config, folder.toString(), tensors);
      CheckpointWriter.write(target, tensors, SHARD_BYTES);
      return;
    }
    try (Sam2File file = Sam2File.open(sam2.get())) {
      tensors.putAll(file.tensors());
      requireBuildable(config, folder + " with SAM2 of " + sam2.get(), tensors);
      CheckpointWriter.write(target, tensors, SHARD_BYTES);
    }
  }

  /** Builds the model without data, before gigabytes are written. */
  private static void requireBuildable(
      ConfigNode config, String place, Map<String, PendingTensor> tensors) {
    try (WeightStore store =
            new WeightStore(new AnnouncedWeights(place, tensors), Device.META, DType.BFLOAT16);
        TensorScope scope = TensorScope.open()) {
      ModelParts.build(Families.of(config), config, store.root());
      store.requireAllUsed();
    }
  }

  private void writeConfig(Path file, long rows) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
    kind.convert(config);
    if (!missingTokens.isEmpty()) {
      languageModel(config).put("vocab_size", rows);
    }
    JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), config);
  }

  private ObjectNode languageModel(ObjectNode config) {
    String key = config.hasNonNull("text_config") ? "text_config" : "llm_config";
    if (config.get(key) instanceof ObjectNode node) {
      return node;
    }
    throw ConfigNode.read(folder.resolve(CONFIG)).error(key, "a JSON object");
  }

  private Map<String, PendingTensor> tensors(SafetensorsWeights files, long rows) {
    Map<String, PendingTensor> tensors = new LinkedHashMap<>();
    boolean grows = !missingTokens.isEmpty();
    for (String stored : files.names()) {
      String name = kind.weight(stored);
      PendingTensor tensor = pending(files, stored);
      tensors.put(
          name, grows && TokenTables.isOne(name) ? GrownTable.of(name, tensor, rows) : tensor);
    }
    return tensors;
  }

  private static PendingTensor pending(SafetensorsWeights files, String name) {
    TensorInfo info = files.info(name);
    long[] shape = Longs.toArray(info.shape());
    return new PendingTensor(info.dtype(), info.shape(), () -> files.view(name, shape));
  }

  /** Both maps of {@code text_hidden_fcs}, where there are none. */
  private void addProjector(Map<String, PendingTensor> tensors, ConfigNode config, long seed) {
    if (hasProjector) {
      return;
    }
    ConfigNode language = config.object(config.has("text_config") ? "text_config" : "llm_config");
    long width = language.integer("hidden_size", 1);
    addLinear(tensors, PROJECTOR + "0", width, width, seed);
    addLinear(tensors, PROJECTOR + "2", Sam2Config.read(config).hiddenDim(), width, seed);
  }

  private static void addLinear(
      Map<String, PendingTensor> tensors, String name, long rows, long columns, long seed) {
    String weight = name + ".weight";
    String bias = name + ".bias";
    tensors.put(
        weight,
        new PendingTensor(
            DType.FLOAT32,
            List.of(rows, columns),
            () -> LinearStart.weight(random(seed, weight), rows, columns)));
    tensors.put(
        bias,
        new PendingTensor(
            DType.FLOAT32,
            List.of(rows),
            () -> LinearStart.bias(random(seed, bias), rows, columns)));
  }

  private static Random random(long seed, String name) {
    return new Random(seed ^ name.hashCode());
  }
}
