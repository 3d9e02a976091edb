package io.sa2va.core.train;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.engine.ModelParts;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.nio.file.Path;

/**
 * A checkpoint whose parts compute gradients for what a {@link TrainingPlan} names. For one thread
 * at a time.
 */
public final class TrainableModel implements AutoCloseable {
  private final Path folder;
  private final SafetensorsWeights files;
  private final WeightStore store;
  private final Parameters parameters;
  private final ModelParts parts;
  private final Family family;
  private final int segToken;

  private TrainableModel(
      Path folder,
      SafetensorsWeights files,
      WeightStore store,
      Parameters parameters,
      ModelParts parts,
      Family family,
      int segToken) {
    this.folder = folder;
    this.files = files;
    this.store = store;
    this.parameters = parameters;
    this.parts = parts;
    this.family = family;
    this.segToken = segToken;
  }

  /**
   * Loads a checkpoint folder in the published layout.
   *
   * @param dtype what the model computes in; trained values are kept in float32 all the same
   * @throws io.sa2va.torch.weights.WeightException if weights are missing, left over or damaged
   * @throws io.sa2va.error.ModelConfigException if the configuration is not sound
   */
  public static TrainableModel load(Path folder, Device device, DType dtype, TrainingPlan plan) {
    ConfigNode config = ConfigNode.read(folder.resolve("config.json"));
    Tokenizer tokenizer = TokenizerReader.read(folder);
    int segToken = SpecialTexts.requiredId(tokenizer, "[SEG]");
    SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder));
    Parameters parameters = new Parameters(plan);
    WeightStore store = new WeightStore(files, device, dtype, parameters);
    try {
      ModelParts parts = ModelParts.build(Families.of(config), config, store.root());
      Family family = parts.networks().family(folder, tokenizer);
      store.requireAllUsed();
      return new TrainableModel(folder, files, store, parameters, parts, family, segToken);
    } catch (RuntimeException e) {
      store.close();
      parameters.close();
      throw e;
    }
  }

  public ModelParts parts() {
    return parts;
  }

  public Family family() {
    return family;
  }

  public int segToken() {
    return segToken;
  }

  public Parameters parameters() {
    return parameters;
  }

  /** The folder it was loaded from. */
  Path folder() {
    return folder;
  }

  /** The weights as they were loaded. */
  SafetensorsWeights files() {
    return files;
  }

  /** How many values are trained. */
  public long trainedValues() {
    return parameters.all().stream().mapToLong(p -> p.values().numel()).sum();
  }

  @Override
  public void close() {
    store.close();
    parameters.close();
  }
}
