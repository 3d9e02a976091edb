package io.sa2va.torch.nn;

import io.sa2va.torch.Tensor;
import java.util.Optional;

/** An elementwise nonlinearity. */
public enum Activation {
  SILU {
    @Override
    public Tensor forward(Tensor x) {
      return x.silu();
    }
  },
  GELU {
    @Override
    public Tensor forward(Tensor x) {
      return x.gelu();
    }
  },
  GELU_TANH {
    @Override
    public Tensor forward(Tensor x) {
      return x.geluTanh();
    }
  },
  RELU {
    @Override
    public Tensor forward(Tensor x) {
      return x.relu();
    }
  };

  /** What {@link #named} knows, for messages. */
  public static final String NAMES = "silu, gelu, gelu_pytorch_tanh or relu";

  /** The activation of a name in config.json ({@code hidden_act}), if it is a known one. */
  public static Optional<Activation> named(String name) {
    return switch (name) {
      case "silu", "swish" -> Optional.of(SILU);
      case "gelu" -> Optional.of(GELU);
      case "gelu_pytorch_tanh", "gelu_new" -> Optional.of(GELU_TANH);
      case "relu" -> Optional.of(RELU);
      default -> Optional.empty();
    };
  }

  public abstract Tensor forward(Tensor x);
}
