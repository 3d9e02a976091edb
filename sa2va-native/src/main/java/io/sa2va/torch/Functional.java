package io.sa2va.torch;

import java.util.Optional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.InterpolateFuncOptions;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kBicubic;
import org.bytedeco.pytorch.kBilinear;

/** Operations with weights and on grids, under the names of {@code torch.nn.functional}. */
public final class Functional {
  /** Up to this many rows, oneDNN's bfloat16 product is slower than libtorch's own on a CPU. */
  private static final long FEW_ROWS = 2;

  /** at::Reduction::Sum */
  private static final long SUM = 2;

  /** torch's number for a row that does not count. */
  private static final long NO_CLASS = -100;

  private static final long BILINEAR = 0;
  private static final long ZEROS = 0;

  private Functional() {}

  /** x (…, in), weight (out, in), bias (out) → (…, out). */
  public static Tensor linear(Tensor x, Tensor weight, Optional<Tensor> bias) {
    if (x.dtype() == DType.FLOAT32 && x.numel() == x.size(-1) && x.device().isCpu()) {
      return matrixVector(x, weight, bias);
    }
    if (x.dtype() == DType.BFLOAT16 && isFewRows(x) && x.device().isCpu()) {
      return linearWithoutOneDnn(x, weight, bias);
    }
    return plainLinear(x, weight, bias);
  }

  private static boolean isFewRows(Tensor x) {
    return x.numel() <= FEW_ROWS * x.size(-1);
  }

  private static Tensor plainLinear(Tensor x, Tensor weight, Optional<Tensor> bias) {
    return Tensor.wrap(
        bias.isPresent()
            ? torch.linear(x.handle(), weight.handle(), bias.get().handle())
            : torch.linear(x.handle(), weight.handle()));
  }

  /** One row: twice as fast as the product of matrices that libtorch would make of it. */
  private static Tensor matrixVector(Tensor x, Tensor weight, Optional<Tensor> bias) {
    Tensor vector = x.reshape(x.size(-1));
    Tensor product =
        Tensor.wrap(
            bias.isPresent()
                ? torch.addmv(bias.get().handle(), weight.handle(), vector.handle())
                : torch.mv(weight.handle(), vector.handle()));
    long[] shape = x.shape();
    shape[shape.length - 1] = weight.size(0);
    return product.view(shape);
  }

  private static Tensor linearWithoutOneDnn(Tensor x, Tensor weight, Optional<Tensor> bias) {
    // The switch is the process's: another thread may see it, which costs it time, never exactness.
    torch.globalContext().setUserEnabledMkldnn(false);
    try {
      return plainLinear(x, weight, bias);
    } finally {
      torch.globalContext().setUserEnabledMkldnn(true);
    }
  }

  /** Rows of weight (count, width) by ids (…) → (…, width). */
  public static Tensor embedding(Tensor weight, Tensor ids) {
    return Tensor.wrap(torch.embedding(weight.handle(), ids.handle()));
  }

  public static Tensor layerNorm(Tensor x, long width, Tensor weight, Tensor bias, double eps) {
    return Tensor.wrap(
        torch.layer_norm(
            x.handle(),
            new long[] {width},
            new TensorOptional(weight.handle()),
            new TensorOptional(bias.handle()),
            eps,
            true));
  }

  public static Tensor rmsNorm(Tensor x, long width, Tensor weight, double eps) {
    return Tensor.wrap(
        torch.rms_norm(
            x.handle(),
            new long[] {width},
            new TensorOptional(weight.handle()),
            new DoubleOptional(eps)));
  }

  /** x (B, in, H, W), weight (out, in / groups, k, k), bias (out) → (B, out, H', W'). */
  public static Tensor conv2d(
      Tensor x, Tensor weight, Tensor bias, long stride, long padding, long groups) {
    return Tensor.wrap(
        torch.conv2d(
            x.handle(),
            weight.handle(),
            new TensorOptional(bias.handle()),
            new long[] {stride, stride},
            new long[] {padding, padding},
            new long[] {1, 1},
            groups));
  }

  /** x (B, in, H, W), weight (in, out, k, k), bias (out), stride k → (B, out, H·k, W·k). */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, Tensor bias, long stride) {
    return Tensor.wrap(
        torch.conv_transpose2d(
            x.handle(),
            weight.handle(),
            new TensorOptional(bias.handle()),
            new long[] {stride, stride},
            new long[] {0, 0},
            new long[] {0, 0},
            1,
            1,
            1));
  }

  /** Maxima of k×k blocks: (B, C, H, W) → (B, C, H / k, W / k). */
  public static Tensor maxPool2d(Tensor x, long kernel) {
    long[] size = {kernel, kernel};
    return Tensor.wrap(
        torch.max_pool2d(x.handle(), size, size, new long[] {0, 0}, new long[] {1, 1}, false));
  }

  /**
   * Zeros around the last dimensions.
   *
   * @param padding before and after the last dimension, then of the one before it, and so on
   */
  public static Tensor pad(Tensor x, long... padding) {
    return Tensor.wrap(torch.pad(x.handle(), padding));
  }

  /** Bilinear resizing with align_corners=false: (B, C, H, W) → (B, C, height, width). */
  public static Tensor resizeBilinear(Tensor x, long height, long width) {
    return Tensor.wrap(torch.upsample_bilinear2d(x.handle(), new long[] {height, width}, false));
  }

  /** The same, averaging when it shrinks ({@code antialias=True}). */
  public static Tensor resizeBilinearAntialias(Tensor x, long height, long width) {
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.mode().put(new kBilinear());
    options.antialias().put(true);
    return resize(x, height, width, options);
  }

  /**
   * Bicubic resizing with align_corners=false and a = -0.75: (B, C, H, W) → (B, C, height, width).
   */
  public static Tensor resizeBicubic(Tensor x, long height, long width) {
    InterpolateFuncOptions options = new InterpolateFuncOptions();
    options.mode().put(new kBicubic());
    return resize(x, height, width, options);
  }

  private static Tensor resize(Tensor x, long height, long width, InterpolateFuncOptions options) {
    options.align_corners().put(false);
    options.size().put(new LongVector(height, width));
    return Tensor.wrap(torch.interpolate(x.handle(), options));
  }

  /** Nearest neighbours: (B, C, H, W) → (B, C, height, width). */
  public static Tensor resizeNearest(Tensor x, long height, long width) {
    return Tensor.wrap(torch.upsample_nearest2d(x.handle(), new long[] {height, width}));
  }

  /** Nearest neighbours, each pixel becoming {@code scale}² of them. */
  public static Tensor upsampleNearest(Tensor x, long scale) {
    return Tensor.wrap(
        torch.upsample_nearest2d(x.handle(), new long[] {x.size(2) * scale, x.size(3) * scale}));
  }

  /**
   * softmax(q·kᵀ·scale)·v by libtorch's fused kernel.
   *
   * @param q (B, H, T, d)
   * @param k (B, Hk, S, d), where Hk divides H
   * @param v (B, Hk, S, e)
   * @param causal whether query t sees keys 0…t only
   */
  public static Tensor scaledDotProductAttention(
      Tensor q, Tensor k, Tensor v, boolean causal, double scale) {
    return sdpa(q, k, v, new TensorOptional(), causal, scale);
  }

  /**
   * The same with a mask that is added to the scores.
   *
   * @param mask (T, S) or broadcast to (B, H, T, S)
   */
  public static Tensor scaledDotProductAttention(
      Tensor q, Tensor k, Tensor v, Tensor mask, double scale) {
    return sdpa(q, k, v, new TensorOptional(mask.handle()), false, scale);
  }

  private static Tensor sdpa(
      Tensor q, Tensor k, Tensor v, TensorOptional mask, boolean causal, double scale) {
    boolean grouped = q.size(1) != k.size(1);
    return Tensor.wrap(
        torch.scaled_dot_product_attention(
            q.handle(),
            k.handle(),
            v.handle(),
            mask,
            0.0,
            causal,
            new DoubleOptional(scale),
            grouped));
  }

  /**
   * Values between pixels, bilinear, 0 outside, with align_corners=false: x (B, C, H, W) at places
   * (B, h, w, 2), each an x and a y from -1 to 1 → (B, C, h, w).
   */
  public static Tensor gridSample(Tensor x, Tensor places) {
    return Tensor.wrap(torch.grid_sampler(x.handle(), places.handle(), BILINEAR, ZEROS, false));
  }

  /** x (…) with each value 0 by chance, and the others larger, so that the mean stays. */
  public static Tensor dropout(Tensor x, double probability) {
    return Tensor.wrap(torch.dropout(x.handle(), probability, true));
  }

  /** The sum of -log softmax(logits)[class] over rows: (N, classes), (N) of INT64 → (). */
  public static Tensor crossEntropy(Tensor logits, Tensor classes) {
    return Tensor.wrap(
        torch.cross_entropy_loss(
            logits.handle(), classes.handle(), new TensorOptional(), SUM, NO_CLASS, 0));
  }

  /** The sum of the cross entropies of logits (…) and targets (…) from 0 to 1 → (). */
  public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
    return Tensor.wrap(
        torch.binary_cross_entropy_with_logits(
            logits.handle(), targets.handle(), new TensorOptional(), new TensorOptional(), SUM));
  }
}
