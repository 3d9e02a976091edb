package io.sa2va.core.train;

import io.sa2va.torch.DType;
import io.sa2va.torch.Kept;
import io.sa2va.torch.NoGrad;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Momentum whose direction is made orthogonal, for the matrices of hidden layers: every direction
 * of a matrix learns at the same pace, which AdamW's element by element does not give.
 *
 * <p>Source: Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024, with
 * Nesterov momentum and its five steps of the Newton-Schulz iteration. Not thread-safe.
 */
public final class Muon implements AutoCloseable {
  private static final double MOMENTUM = 0.95;
  private static final int ITERATIONS = 5;
  private static final double TINY = 1e-7;

  /** The iteration's polynomial aX + b(XXᵀ)X + c(XXᵀ)²X. */
  private static final double A = 3.4445;

  private static final double B = -4.7750;
  private static final double C = 2.0315;

  private final double updateSize;
  private final double weightDecay;
  private final Map<String, Kept> momenta = new LinkedHashMap<>();

  /**
   * @param updateSize root mean square of the elements of an update, of the learning rate; AdamW's
   *     is 0.2 to 1
   * @param weightDecay per learning rate, apart from the gradient
   */
  public Muon(double updateSize, double weightDecay) {
    this.updateSize = updateSize;
    this.weightDecay = weightDecay;
  }

  /** Changes a matrix by its gradient, if it has one. */
  public void step(Parameter parameter, double learningRate) {
    if (parameter.gradient().isEmpty()) {
      return;
    }
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      Tensor values = parameter.values(); // (n, m)
      Tensor gradient = parameter.gradient().get();
      Tensor momentum = momenta.computeIfAbsent(parameter.name(), n -> zeros(values)).tensor();
      momentum.mulInPlace(MOMENTUM).addInPlace(gradient);
      Tensor direction = orthogonal(gradient.add(momentum.mul(MOMENTUM)));
      double size = updateSize * Math.sqrt((double) Math.max(values.size(0), values.size(1)));
      values
          .mulInPlace(1 - learningRate * weightDecay)
          .addInPlace(direction.mul(-learningRate * size));
    }
    parameter.changed();
  }

  private static Kept zeros(Tensor like) {
    return Kept.of(Tensors.zeros(DType.FLOAT32, like.device(), like.shape()));
  }

  /** Nearly UVᵀ of a matrix UΣVᵀ: singular values from about 0.7 to 1.2. (n, m) → (n, m). */
  static Tensor orthogonal(Tensor matrix) {
    if (matrix.size(0) > matrix.size(1)) {
      return orthogonal(matrix.transpose(0, 1)).transpose(0, 1);
    }
    Tensor x = matrix.div(matrix.mul(matrix).sum().sqrt().add(TINY));
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor square = x.matmul(x.transpose(0, 1)); // (n, n)
      Tensor factor = square.mul(B).addInPlace(square.matmul(square).mul(C)); // (n, n)
      x = x.mul(A).addInPlace(factor.matmul(x)); // (n, m)
    }
    return x;
  }

  /** What it remembers, by the parameters' names. */
  public Map<String, Kept> momenta() {
    return momenta;
  }

  /** Replaces all that it remembers. */
  public void restore(Map<String, Kept> remembered) {
    close();
    momenta.putAll(remembered);
  }

  @Override
  public void close() {
    momenta.values().forEach(Kept::close);
    momenta.clear();
  }
}
