package io.sa2va.core.train;

import com.google.common.primitives.Longs;
import io.sa2va.core.config.CheckpointFolder;
import io.sa2va.torch.DType;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.CheckpointWriter;
import io.sa2va.torch.weights.PendingTensor;
import io.sa2va.torch.weights.TensorInfo;
import io.sa2va.torch.weights.WeightException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a trained model as a checkpoint folder in the published layout: adapters merged into the
 * weights they belong to, everything that was not trained as it was.
 */
public final class ModelExport {
  private static final long SHARD_BYTES = 4L << 30;
  private static final String WEIGHT = ".weight";

  private final TrainableModel model;
  private final DType dtype;

  /**
   * @param dtype the type of what was trained; the reference writes float32
   */
  public ModelExport(TrainableModel model, DType dtype) {
    this.model = model;
    this.dtype = dtype;
  }

  /**
   * Writes the folder; the weights come last.
   *
   * @param folder made if it does not exist
   * @throws WeightException if it is the folder that the model came from, or cannot be written
   */
  public void write(Path folder) {
    write(folder, SHARD_BYTES);
  }

  /** The same, in files of at most so many bytes each. */
  void write(Path folder, long shardBytes) {
    try (NoGrad off = NoGrad.begin()) {
      CheckpointFolder.copyAllButWeights(model.folder(), folder);
      CheckpointWriter.write(folder, tensors(), shardBytes);
    } catch (IOException e) {
      throw new WeightException("cannot write the model to " + folder + ": " + e, e);
    }
  }

  /** In the order of the source. */
  private Map<String, PendingTensor> tensors() {
    Map<String, PendingTensor> tensors = new LinkedHashMap<>();
    for (String name : model.files().names()) {
      TensorInfo info = model.files().info(name);
      DType written = isTrained(name) ? dtype : info.dtype();
      tensors.put(name, new PendingTensor(written, info.shape(), () -> weight(name)));
    }
    return tensors;
  }

  private boolean isTrained(String name) {
    return model.parameters().find(name).isPresent() || adapter(name).isPresent();
  }

  private Optional<LoraAdapter> adapter(String name) {
    return name.endsWith(WEIGHT)
        ? model.parameters().adapterOf(name.substring(0, name.length() - WEIGHT.length()))
        : Optional.empty();
  }

  private Tensor weight(String name) {
    Tensor stored =
        model
            .parameters()
            .find(name)
            .map(Parameter::values)
            .orElseGet(
                () -> model.files().view(name, Longs.toArray(model.files().info(name).shape())));
    return adapter(name)
        .map(a -> a.merge(stored.to(a.device(), DType.FLOAT32)))
        .orElse(stored)
        .to(isTrained(name) ? dtype : stored.dtype());
  }
}
