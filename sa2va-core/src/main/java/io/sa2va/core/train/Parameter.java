package io.sa2va.core.train;

import io.sa2va.torch.Autograd;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.Optional;

/**
 * A weight that is trained: its values and the gradient collected for them, both float32, and what
 * the model computes with, which may be of a shorter type.
 */
public final class Parameter implements AutoCloseable {
  private final String name;
  private final Kept values;
  private final Kept computed;
  private Optional<Kept> gradient = Optional.empty();

  /**
   * @param stored values in memory of their own
   * @param dtype the type that the model computes in
   */
  Parameter(String name, Tensor stored, Device device, DType dtype) {
    this.name = name;
    try (TensorScope scope = TensorScope.open()) {
      this.values = Kept.of(stored.to(device, DType.FLOAT32));
      this.computed = dtype == DType.FLOAT32 ? values : Kept.of(values.tensor().to(dtype));
      Autograd.requireGradient(computed.tensor());
    }
  }

  public String name() {
    return name;
  }

  /** FLOAT32. Whoever writes to them calls {@link #changed()} afterwards. */
  public Tensor values() {
    return values.tensor();
  }

  /** What the model computes with. */
  Tensor computed() {
    return computed.tensor();
  }

  /** Brings what the model computes with up to the values. */
  void changed() {
    if (computed != values) {
      try (NoGrad off = NoGrad.begin();
          TensorScope scope = TensorScope.open()) {
        computed.tensor().copyFrom(values.tensor());
      }
    }
  }

  /** Overwrites the values. */
  public void set(Tensor newValues) {
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      values.tensor().copyFrom(newValues);
    }
    changed();
  }

  /** The sum of what was collected since the last {@link #clearGradient}, if anything was. */
  public Optional<Tensor> gradient() {
    return gradient.map(Kept::tensor);
  }

  /** Adds what the last way back left at the weight. */
  public void collectGradient() {
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      Optional<Tensor> added = Autograd.gradient(computed.tensor());
      added.ifPresent(this::addGradient);
    }
    Autograd.clearGradient(computed.tensor());
  }

  /** Adds to the gradient; where there is none, the tensor itself may become it. */
  void addGradient(Tensor added) {
    if (gradient.isPresent()) {
      gradient.get().tensor().addInPlace(added);
    } else {
      gradient = Optional.of(Kept.of(added.to(DType.FLOAT32)));
    }
  }

  /** Drops the gradient, collected or not. */
  public void clearGradient() {
    gradient.ifPresent(Kept::close);
    gradient = Optional.empty();
    Autograd.clearGradient(computed.tensor());
  }

  @Override
  public void close() {
    clearGradient();
    computed.close();
    values.close();
  }
}
