package io.sa2va.core.train;

import io.sa2va.core.adapter.AdapterFolder;
import io.sa2va.torch.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what was trained of a model, without the model. */
public final class AdapterExport {
  private final TrainableModel model;
  private final LoraConfig lora;
  private final String base;

  /**
   * Of a model with adapters.
   *
   * @param lora that it was trained with
   * @param base what the model was called before
   */
  public AdapterExport(TrainableModel model, LoraConfig lora, String base) {
    this.model = model;
    this.lora = lora;
    this.base = base;
  }

  /**
   * Writes the folder, in float32.
   *
   * @param folder made if it does not exist
   * @throws io.sa2va.torch.weights.WeightException if it cannot be written
   */
  public void write(Path folder) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    model.parameters().all().forEach(p -> tensors.put(p.name(), p.values()));
    new AdapterFolder(base, lora.rank(), lora.alpha(), lora.dropout()).write(folder, tensors);
  }
}
