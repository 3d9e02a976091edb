package io.sa2va.torch;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** The arithmetic of optimizers, in place and without recording. */
public final class Optimization {
  static {
    Torch.initialize();
  }

  private Optimization() {}

  /**
   * What one step of AdamW goes by.
   *
   * @param learningRate at least 0
   * @param beta1 how much of the mean gradient stays, 0 to below 1
   * @param beta2 how much of the mean square stays, 0 to below 1
   * @param eps added to the root of the mean square
   * @param weightDecay per learning rate, apart from the gradient
   */
  public record AdamW(
      double learningRate, double beta1, double beta2, double eps, double weightDecay) {}

  /**
   * One step of AdamW (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019) with
   * bias correction, in the order of {@code torch.optim.AdamW}. All four tensors have one shape.
   *
   * @param parameter changed
   * @param gradient read only
   * @param mean of the gradients, changed; 0 before the first step
   * @param square mean of their squares, changed; 0 before the first step
   * @param step the number of this step, from 1
   */
  public static void adamW(
      Tensor parameter, Tensor gradient, Tensor mean, Tensor square, long step, AdamW settings) {
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      double correction1 = 1 - Math.pow(settings.beta1(), (double) step);
      double correction2 = Math.sqrt(1 - Math.pow(settings.beta2(), (double) step));
      parameter.mulInPlace(1 - settings.learningRate() * settings.weightDecay());
      mean.handle().lerp_(gradient.handle(), new Scalar(1 - settings.beta1()));
      square
          .mulInPlace(settings.beta2())
          .handle()
          .addcmul_(gradient.handle(), gradient.handle(), new Scalar(1 - settings.beta2()));
      Tensor root = square.sqrt().mulInPlace(1 / correction2);
      root.handle().add_(new Scalar(settings.eps()));
      parameter
          .handle()
          .addcdiv_(
              mean.handle(), root.handle(), new Scalar(-settings.learningRate() / correction1));
    }
  }

  /** The Euclidean norm of all elements of all tensors. Waits for the device once. */
  public static double norm(List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      return 0;
    }
    try (NoGrad off = NoGrad.begin();
        TensorScope scope = TensorScope.open()) {
      List<Tensor> norms =
          tensors.stream().map(t -> Tensor.wrap(torch.linalg_vector_norm(t.handle()))).toList();
      return Tensor.wrap(torch.linalg_vector_norm(Tensors.stack(0, norms).handle())).item();
    }
  }
}
