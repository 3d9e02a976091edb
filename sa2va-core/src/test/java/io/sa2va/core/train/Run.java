package io.sa2va.core.train;

import io.sa2va.torch.TensorScope;

/** A model, an optimizer and a step together. */
final class Run implements AutoCloseable {
  private final TrainableModel model;
  private final AdamW optimizer = AdamW.reference();
  private final TrainStep step;

  Run(TrainableModel model, MaskLoss maskLoss) {
    this(model, maskLoss, LayerMemory.KEPT);
  }

  Run(TrainableModel model, MaskLoss maskLoss, LayerMemory layers) {
    this.model = model;
    this.step = new TrainStep(model, new TrainSettings(maskLoss, 1, layers, 7), optimizer);
  }

  TrainableModel model() {
    return model;
  }

  TrainStep step() {
    return step;
  }

  float[] values(String name) {
    try (TensorScope scope = TensorScope.open()) {
      return model.parameters().get(name).values().toFloatArray();
    }
  }

  @Override
  public void close() {
    optimizer.close();
    model.close();
  }
}
