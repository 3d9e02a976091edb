package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.quant.QuantizedMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Owns the weights of one loaded model: every tensor that the model's parts take from {@link
 * #root()} lives until this store is closed.
 *
 * <p>Where the stored type is the wanted one and the device is the CPU, a weight is a view of the
 * mapped file; otherwise it is converted. Filling a store is for one thread; its tensors are
 * immutable and may be shared.
 */
public final class WeightStore implements AutoCloseable {
  private final WeightSource source;
  private final Device device;
  private final WeightPlacement placement;
  private final DType dtype;
  private final Optional<Tuning> tuning;
  private final Optional<WeightFiller> filler;
  private Optional<QuantizedReader> quantized = Optional.empty();
  private final List<QuantizedMatrix> matrices = new ArrayList<>();
  private final List<Kept> owned = new ArrayList<>();
  private final Set<String> used = new LinkedHashSet<>();
  private final Set<String> quantizedNames = new LinkedHashSet<>();
  private long parameters;
  private long bytes;

  /**
   * Starts empty.
   *
   * @param source closed with this store
   * @param device where the weights go
   * @param dtype the floating point type they are converted to
   */
  public WeightStore(WeightSource source, Device device, DType dtype) {
    this(source, device, name -> device, dtype, Optional.empty(), Optional.empty());
  }

  /**
   * Starts empty, and fills what is not needed at once on other threads: the model may compute only
   * after {@link #awaitFilled()}.
   *
   * @param filler closed with this store
   */
  public WeightStore(WeightSource source, Device device, DType dtype, WeightFiller filler) {
    this(source, device, name -> device, dtype, filler);
  }

  /**
   * The same on several devices.
   *
   * @param device that of what has no weights, and of quantized ones
   * @param placement where each weight goes
   * @param filler closed with this store
   */
  public WeightStore(
      WeightSource source,
      Device device,
      WeightPlacement placement,
      DType dtype,
      WeightFiller filler) {
    this(source, device, placement, dtype, Optional.empty(), Optional.of(filler));
  }

  /**
   * Starts empty, for a model that is trained. It is to be filled outside {@link
   * io.sa2va.torch.Inference}.
   *
   * @param tuning not closed with this store, but after it
   */
  public WeightStore(WeightSource source, Device device, DType dtype, Tuning tuning) {
    this(source, device, name -> device, dtype, Optional.of(tuning), Optional.empty());
  }

  private WeightStore(
      WeightSource source,
      Device device,
      WeightPlacement placement,
      DType dtype,
      Optional<Tuning> tuning,
      Optional<WeightFiller> filler) {
    this.source = source;
    this.device = device;
    this.placement = placement;
    this.dtype = dtype;
    this.tuning = tuning;
    this.filler = filler;
  }

  /**
   * Keeps the linear maps of places that are {@linkplain Weights#quantizable() quantizable} with
   * few bits a value. To be called before any weight is taken.
   */
  public void quantize(QuantizationMethod quantization) {
    quantized =
        Optional.of(new QuantizedReader(source, quantization, source.target(device), dtype));
  }

  /** All weights, as a tree by the dots in their names. */
  public Weights root() {
    return new Weights(this, "", false);
  }

  /** Where the model begins and ends, and all its weights are unless it is split. */
  public Device device() {
    return device;
  }

  /** The device of the weights below a place. */
  Device device(String prefix) {
    return placement.of(prefix);
  }

  public DType dtype() {
    return dtype;
  }

  /** How many values the weights taken so far hold. */
  public long parameters() {
    return parameters;
  }

  /** Bytes of the weights taken so far, on their device. */
  public long bytes() {
    return bytes;
  }

  /** The names of the weights that were taken with few bits a value. */
  public Set<String> quantizedNames() {
    return Collections.unmodifiableSet(quantizedNames);
  }

  boolean has(String name) {
    return source.has(name);
  }

  void markUsed(String name) {
    used.add(name);
  }

  Tensor take(String name, DType wanted, long... shape) {
    if (!isParameter(name)) {
      return takeFrozen(name, wanted, shape);
    }
    try (TensorScope scope = TensorScope.open()) {
      return parameter(name, wanted, shape);
    }
  }

  /** The same for what is not trained, whatever is. */
  Tensor takeFrozen(String name, DType wanted, long... shape) {
    filler.ifPresent(WeightFiller::requireRunning);
    try (TensorScope scope = TensorScope.open()) {
      return keep(read(name, wanted, shape));
    }
  }

  /** A weight whose values may come later, but before {@link #awaitFilled()} returns. */
  Tensor takeLater(String name, long... shape) {
    if (filler.isEmpty()) {
      return take(name, dtype, shape);
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor stored = look(name, shape);
      if (staysInPlace(name, stored, dtype)) {
        return keep(stored);
      }
      Tensor target = keep(Tensors.empty(dtype, target(name), shape));
      filler.get().fill(target, 0, source, name, stored);
      return target;
    }
  }

  private boolean isParameter(String name) {
    return tuning.isPresent() && tuning.get().trains(name);
  }

  private Tensor parameter(String name, DType wanted, long... shape) {
    Tensor stored = source.read(name, shape);
    requireFloatingPoint(name, stored);
    count(name, stored);
    Tensor parameter = tuning.orElseThrow().parameter(name, stored, target(name), wanted);
    bytes += parameter.bytes();
    return parameter;
  }

  Optional<Adapter> adapter(String name, long in, long out) {
    return tuning.flatMap(t -> t.adapter(name, in, out, target(name), dtype));
  }

  /** Weights below each other; the single ones are freed at once. */
  Tensor takeStacked(List<String> names, List<Long> rows, long... rest) {
    try (TensorScope scope = TensorScope.open()) {
      long all = rows.stream().mapToLong(Long::longValue).sum();
      Tensor stack = keep(Tensors.empty(dtype, target(names.get(0)), prepend(all, rest)));
      long from = 0;
      for (int i = 0; i < names.size(); i++) {
        fillRows(stack, from, names.get(i), prepend(rows.get(i), rest));
        from += rows.get(i);
      }
      return stack;
    }
  }

  private void fillRows(Tensor stack, long from, String name, long... shape) {
    try (TensorScope turn = TensorScope.open()) {
      if (filler.isEmpty()) {
        stack.narrow(0, from, shape[0]).copyFrom(read(name, dtype, shape));
      } else {
        Tensor stored = look(name, shape);
        filler.get().fill(stack, from * (stored.numel() / shape[0]), source, name, stored);
      }
    }
  }

  boolean standsAlone(String name, long... shape) {
    try (TensorScope scope = TensorScope.open()) {
      return tuning.isPresent() || staysInPlace(name, source.view(name, shape), dtype);
    }
  }

  /** Whether a stored weight is used where it lies. */
  private boolean staysInPlace(String name, Tensor stored, DType wanted) {
    return stored.device().type() == target(name).type() && stored.dtype() == wanted;
  }

  private Device target(String name) {
    return source.target(placement.of(name));
  }

  private Tensor read(String name, DType wanted, long... shape) {
    Tensor stored = look(name, shape);
    return staysInPlace(name, stored, wanted)
        ? stored
        : source.read(name, shape).to(target(name), wanted);
  }

  private Tensor look(String name, long... shape) {
    Tensor stored = source.view(name, shape);
    requireFloatingPoint(name, stored);
    count(name, stored);
    return stored;
  }

  boolean quantizes(long columns) {
    return quantized.isPresent() && quantized.get().fits(columns);
  }

  /** Matrices below each other, unless they are to stay as they are. */
  Optional<QuantizedMatrix> takeQuantized(List<String> names, List<Long> rows, long columns) {
    if (!quantizes(columns)) {
      return Optional.empty();
    }
    filler.ifPresent(WeightFiller::requireRunning);
    QuantizedReader reader = quantized.orElseThrow();
    quantizedNames.addAll(names);
    names.forEach(name -> used.addAll(reader.names(name)));
    long all = rows.stream().mapToLong(Long::longValue).sum();
    parameters += columns * all;
    bytes += reader.bytes(all, columns);
    return Optional.of(keep(reader.read(names, rows, columns)));
  }

  /** A matrix that is a weight for something else, too, unless it is to stay as it is. */
  Optional<QuantizedMatrix> takeQuantizedCopy(String name, long rows, long columns) {
    if (!quantizes(columns)) {
      return Optional.empty();
    }
    filler.ifPresent(WeightFiller::requireRunning);
    QuantizedReader reader = quantized.orElseThrow();
    bytes += reader.bytes(rows, columns);
    return Optional.of(keep(reader.read(List.of(name), List.of(rows), columns)));
  }

  private QuantizedMatrix keep(QuantizedMatrix matrix) {
    matrices.add(matrix);
    return matrix;
  }

  static void requireFloatingPoint(String name, Tensor stored) {
    if (!stored.dtype().isFloatingPoint()) {
      throw new WeightException(
          "weight \""
              + name
              + "\" has dtype "
              + stored.dtype()
              + ", but a floating point type was expected");
    }
  }

  private void count(String name, Tensor stored) {
    used.add(name);
    parameters += stored.numel();
  }

  private static long[] prepend(long first, long... rest) {
    return LongStream.concat(LongStream.of(first), LongStream.of(rest)).toArray();
  }

  Tensor keep(Tensor tensor) {
    owned.add(Kept.of(tensor));
    bytes += tensor.bytes();
    return tensor;
  }

  /**
   * Demands that the model took every weight that the source has.
   *
   * @throws WeightException naming those left over
   */
  public void requireAllUsed() {
    Set<String> unused = new TreeSet<>(source.names());
    unused.removeAll(used);
    if (!unused.isEmpty()) {
      List<String> first = unused.stream().limit(5).toList();
      throw new WeightException(
          unused.size()
              + " weights of the checkpoint are not used by the model that config.json describes: "
              + String.join(", ", first)
              + (unused.size() > first.size() ? ", …" : "")
              + "; check that config.json belongs to these weights");
    }
  }

  /**
   * Waits for the weights that are filled on other threads.
   *
   * @throws WeightException if one could not be read
   */
  public void awaitFilled() {
    filler.ifPresent(WeightFiller::finish);
  }

  @Override
  public void close() {
    filler.ifPresent(WeightFiller::close);
    owned.forEach(Kept::close);
    owned.clear();
    matrices.forEach(QuantizedMatrix::close);
    matrices.clear();
    source.close();
  }
}
