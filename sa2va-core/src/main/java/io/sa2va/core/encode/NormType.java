package io.sa2va.core.encode;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.torch.nn.LayerNorm;
import io.sa2va.torch.nn.Norm;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;

/** Which normalisation an InternViT uses: {@code norm_type}. */
public enum NormType {
  LAYER_NORM {
    @Override
    Norm create(Weights weights, long width, double eps) {
      return new LayerNorm(weights, width, eps);
    }
  },
  RMS_NORM {
    @Override
    Norm create(Weights weights, long width, double eps) {
      return new RmsNorm(weights, width, eps);
    }
  };

  abstract Norm create(Weights weights, long width, double eps);

  static NormType of(ConfigNode config) {
    return switch (config.text("norm_type", "rms_norm")) {
      case "layer_norm" -> LAYER_NORM;
      case "rms_norm" -> RMS_NORM;
      default -> throw config.error("norm_type", "layer_norm or rms_norm");
    };
  }
}
