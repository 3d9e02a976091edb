package io.sa2va.core.train.nano;

import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.train.Parameter;
import io.sa2va.core.train.Parameters;
import io.sa2va.core.train.TrainableModel;
import io.sa2va.core.train.TrainingPlan;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.CheckpointWriter;
import io.sa2va.torch.weights.EmptyWeights;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Nano while it learns: the model, and the heads that help it. For one thread at a time. */
final class NanoModel implements AutoCloseable {
  private static final String HEADS_FOLDER = "heads";

  private final TrainableModel model;
  private final Parameters headParameters;
  private final WeightStore headStore;
  private final NanoHeads heads;

  private NanoModel(
      TrainableModel model, Parameters headParameters, WeightStore headStore, NanoHeads heads) {
    this.model = model;
    this.headParameters = headParameters;
    this.headStore = headStore;
    this.heads = heads;
  }

  /** Writes a folder to begin with. */
  static void create(Path folder, long seed) throws IOException {
    BlankModel.write(folder, seed);
    Path headFolder = Files.createDirectories(headsIn(folder));
    try (TrainableModel model = model(folder, name -> false)) {
      CheckpointWriter.write(
          headFolder, new InitialWeights(seed).of(headShapes(model)), Long.MAX_VALUE);
    }
  }

  /** Where the heads are. */
  static Path headsIn(Path folder) {
    return folder.resolve(HEADS_FOLDER);
  }

  private static Map<String, List<Long>> headShapes(TrainableModel model) {
    EmptyWeights asked = new EmptyWeights();
    try (Inference inference = Inference.begin();
        WeightStore store = new WeightStore(asked, Device.META, DType.FLOAT32);
        TensorScope scope = TensorScope.open()) {
      heads(model, store);
      return asked.asked();
    }
  }

  private static TrainableModel model(Path folder, Predicate<String> trained) {
    return TrainableModel.load(
        folder, Device.CPU, DType.FLOAT32, new TrainingPlan(trained, Optional.empty(), 0));
  }

  private static NanoHeads heads(TrainableModel model, WeightStore store) {
    return new NanoHeads(
        store.root(),
        model.family().languageModel().hiddenSize(),
        model.parts().sam2().prompts().densePosition());
  }

  /**
   * Opens a folder.
   *
   * @param trained names of the weights that learn; those of heads begin with {@code heads.}
   */
  static NanoModel open(Path folder, Predicate<String> trained) {
    TrainableModel model = model(folder, trained);
    Parameters parameters =
        new Parameters(
            new TrainingPlan(name -> trained.test(HEADS_FOLDER + "." + name), Optional.empty(), 0));
    WeightStore store =
        new WeightStore(
            SafetensorsWeights.open(CheckpointFiles.in(headsIn(folder))),
            Device.CPU,
            DType.FLOAT32,
            parameters);
    return new NanoModel(model, parameters, store, heads(model, store));
  }

  TrainableModel model() {
    return model;
  }

  Sam2 sam2() {
    return model.parts().sam2();
  }

  NanoHeads heads() {
    return heads;
  }

  /** All that learns. */
  List<Parameter> parameters() {
    return Stream.concat(model.parameters().all().stream(), headParameters.all().stream()).toList();
  }

  @Override
  public void close() {
    headStore.close();
    headParameters.close();
    model.close();
  }
}
