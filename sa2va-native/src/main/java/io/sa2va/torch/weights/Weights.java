package io.sa2va.torch.weights;

import io.sa2va.torch.Autograd;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.quant.QuantizedMatrix;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A place in the tree of a checkpoint's weights. The code of a model part walks it by the names of
 * the checkpoint: {@code new MemoryEncoder(config, weights.at("memory_encoder"))}.
 *
 * <p>Tensors taken from it belong to the {@link WeightStore} and are borrowed by the parts.
 */
public final class Weights {
  private final WeightStore store;
  private final String prefix;
  private final boolean quantizable;

  Weights(WeightStore store, String prefix, boolean quantizable) {
    this.store = store;
    this.prefix = prefix;
    this.quantizable = quantizable;
  }

  /** The subtree of a child; a name may hold dots. */
  public Weights at(String child) {
    return new Weights(store, prefix + child + ".", quantizable);
  }

  /** This place, whose linear maps may be kept with few bits a value if the store is asked to. */
  public Weights quantizable() {
    return new Weights(store, prefix, true);
  }

  /** The subtree of a numbered child, as in {@code layers.3}. */
  public Weights at(int index) {
    return at(Integer.toString(index));
  }

  /** Whether the checkpoint has a weight of this name here. */
  public boolean has(String name) {
    return store.has(prefix + name);
  }

  /**
   * A weight in the store's type and on its device.
   *
   * @throws WeightException if it is missing or has another shape
   */
  public Tensor get(String name, long... shape) {
    return store.take(prefix + name, store.dtype(), shape);
  }

  /**
   * The same for a part that only keeps it: its values may come later, while the rest of the model
   * is built.
   *
   * @throws WeightException if it is missing or has another shape
   */
  public Tensor getLater(String name, long... shape) {
    return store.takeLater(prefix + name, shape);
  }

  /** A weight in a type of its own, for the few that lose too much in a short one. */
  public Tensor getAs(DType dtype, String name, long... shape) {
    return store.take(prefix + name, dtype, shape);
  }

  /**
   * Values of a checkpoint that are no weight, though they are stored like one: a buffer of the
   * reference's module. They are never trained.
   *
   * @throws WeightException if it is missing or has another shape
   */
  public Tensor buffer(DType dtype, String name, long... shape) {
    return store.takeFrozen(prefix + name, dtype, shape);
  }

  /** A weight that checkpoints store under one of two names. */
  public Tensor getEither(String name, String otherName, long... shape) {
    return get(has(otherName) ? otherName : name, shape);
  }

  /**
   * Several weights below each other as one matrix (or vector): for products that share their
   * input. Their values may come later, as with {@link #getLater}.
   *
   * @param rows the first dimension of each weight
   * @param rest the other dimensions, the same for all
   * @throws WeightException if one is missing or has another shape
   */
  public Tensor getStacked(List<String> names, List<Long> rows, long... rest) {
    return store.takeStacked(names.stream().map(name -> prefix + name).toList(), rows, rest);
  }

  /**
   * Whether a weight had better not be stacked with others: it is a view of the file's pages, which
   * costs no memory of its own, or the model is trained, and each weight has its own gradient.
   *
   * @throws WeightException if it is missing or has another shape
   */
  public boolean standsAlone(String name, long... shape) {
    boolean quantized = quantizable && store.quantizes(shape[shape.length - 1]);
    return !quantized && store.standsAlone(prefix + name, shape);
  }

  /**
   * Matrices below each other with few bits a value, if that is how the store keeps them.
   *
   * @param rows of each matrix
   * @param columns of all
   * @throws WeightException if one is missing or has another shape
   */
  public Optional<QuantizedMatrix> quantized(List<String> names, List<Long> rows, long columns) {
    List<String> fullNames = names.stream().map(name -> prefix + name).toList();
    return quantizable ? store.takeQuantized(fullNames, rows, columns) : Optional.empty();
  }

  /** The same for one matrix that is a weight for something else, too. */
  public Optional<QuantizedMatrix> quantizedCopy(String name, long rows, long columns) {
    return quantizable ? store.takeQuantizedCopy(prefix + name, rows, columns) : Optional.empty();
  }

  /** What training adds to the linear map of this place, if anything. */
  public Optional<Adapter> adapter(long in, long out) {
    return store.adapter(prefix.substring(0, prefix.length() - 1), in, out);
  }

  /** Says that a weight is known and deliberately not read. */
  public void ignore(String name) {
    store.markUsed(prefix + name);
  }

  /**
   * A tensor computed from weights: once, and then owned by the store; where the weights are
   * trained and gradients flow through it, each time that it is asked for, in the innermost scope.
   *
   * @param computation with weights that were taken before
   */
  public Supplier<Tensor> derive(Supplier<Tensor> computation) {
    Tensor computed = computation.get();
    if (Autograd.requiresGradient(computed)) {
      return computation;
    }
    Tensor kept = store.keep(computed);
    return () -> kept;
  }

  /** Lets the store own a tensor that was computed from weights, such as a fused matrix. */
  public Tensor keep(Tensor computed) {
    return store.keep(computed);
  }

  /** Where the weights below this place are. */
  public Device device() {
    return store.device(prefix);
  }

  public DType dtype() {
    return store.dtype();
  }

  /** The full name of this place, for messages. */
  @Override
  public String toString() {
    return prefix;
  }
}
