package io.sa2va.core.sam2.memory;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/** Mixes picture and mask features: ConvNeXt blocks in a row. Weights: {@code layers.N}. */
final class Fuser {
  private final List<CxBlock> layers = new ArrayList<>();

  Fuser(Weights weights, long width, int count) {
    for (int i = 0; i < count; i++) {
      layers.add(new CxBlock(weights.at("layers").at(i), width));
    }
  }

  /** (N, C, h, w) → the same shape. */
  Tensor forward(Tensor x) {
    Tensor result = x;
    for (CxBlock layer : layers) {
      result = layer.forward(result);
    }
    return result;
  }
}
