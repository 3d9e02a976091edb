package io.sa2va.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * An n-dimensional array of libtorch.
 *
 * <p>Every operation makes a new tensor (or a new view of the same data) in the innermost open
 * {@link TensorScope}; names that end in {@code Into} or {@code InPlace} write to an existing one.
 * Negative dimensions count from the end, as in PyTorch, whose operations carry the same names.
 */
public final class Tensor {
  private static final long PIECE_BYTES = 1L << 30;

  private final org.bytedeco.pytorch.Tensor handle;

  private Tensor(org.bytedeco.pytorch.Tensor handle) {
    this.handle = handle;
  }

  /** Wraps a native tensor that was just made in the innermost scope. For this module only. */
  static Tensor wrap(org.bytedeco.pytorch.Tensor handle) {
    try {
      TensorScope.requireOpen();
    } catch (IllegalStateException e) {
      handle.close();
      throw e;
    }
    WorkCount.operation();
    return new Tensor(handle);
  }

  org.bytedeco.pytorch.Tensor handle() {
    return handle;
  }

  // ---- what it is

  public long[] shape() {
    long[] shape = new long[(int) handle.dim()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = handle.size(i);
    }
    return shape;
  }

  public int dim() {
    return (int) handle.dim();
  }

  public long size(int dim) {
    return handle.size(dim);
  }

  public long numel() {
    return handle.numel();
  }

  public DType dtype() {
    return DType.of(handle.scalar_type());
  }

  public Device device() {
    try (org.bytedeco.pytorch.Device device = handle.device()) {
      if (device.is_cuda()) {
        return Device.cuda(device.index());
      }
      return device.is_meta() ? Device.META : Device.CPU;
    }
  }

  /** Bytes of the elements, shared or not. */
  public long bytes() {
    return handle.nbytes();
  }

  // ---- shape

  public Tensor view(long... shape) {
    return wrap(handle.view(shape));
  }

  public Tensor reshape(long... shape) {
    return wrap(handle.reshape(shape));
  }

  /** The same bytes as elements of another type; the last dimension shrinks or grows to fit. */
  public Tensor viewAs(DType dtype) {
    return wrap(handle.view(dtype.scalarType()));
  }

  public Tensor permute(long... dims) {
    return wrap(handle.permute(dims));
  }

  public Tensor transpose(int first, int second) {
    return wrap(handle.transpose(first, second));
  }

  public Tensor flatten(int from, int to) {
    return wrap(handle.flatten(from, to));
  }

  /** Splits a dimension into several; one of their sizes may be -1. A view. */
  public Tensor unflatten(int dim, long... sizes) {
    return wrap(handle.unflatten(dim, sizes));
  }

  public Tensor unsqueeze(int dim) {
    return wrap(handle.unsqueeze(dim));
  }

  public Tensor squeeze(int dim) {
    return wrap(handle.squeeze(dim));
  }

  public Tensor expand(long... shape) {
    return wrap(handle.expand(shape));
  }

  public Tensor repeat(long... times) {
    return wrap(handle.repeat(times));
  }

  public Tensor contiguous() {
    return wrap(handle.contiguous());
  }

  // ---- parts

  /** Elements {@code start} to {@code start + length - 1} along a dimension; a view. */
  public Tensor narrow(int dim, long start, long length) {
    return wrap(handle.narrow(dim, start, length));
  }

  /** One index of a dimension, which disappears; a view. */
  public Tensor select(int dim, long index) {
    return wrap(handle.select(dim, index));
  }

  public Tensor indexSelect(int dim, Tensor indices) {
    return wrap(handle.index_select(dim, indices.handle));
  }

  /** Splits a dimension into equal parts; views. */
  public List<Tensor> chunk(int parts, int dim) {
    long size = size(dim < 0 ? dim() + dim : dim) / parts;
    List<Tensor> result = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      result.add(narrow(dim, i * size, size));
    }
    return Collections.unmodifiableList(result);
  }

  /** For each element of {@code indices}, the one at that index of a dimension. */
  public Tensor gather(int dim, Tensor indices) {
    return wrap(handle.gather(dim, indices.handle));
  }

  // ---- arithmetic

  public Tensor add(Tensor other) {
    return wrap(handle.add(other.handle));
  }

  public Tensor add(double value) {
    return wrap(handle.add(new Scalar(value)));
  }

  public Tensor sub(Tensor other) {
    return wrap(handle.sub(other.handle));
  }

  public Tensor mul(Tensor other) {
    return wrap(handle.mul(other.handle));
  }

  public Tensor mul(double value) {
    return wrap(handle.mul(new Scalar(value)));
  }

  public Tensor div(Tensor other) {
    return wrap(handle.div(other.handle));
  }

  public Tensor div(double value) {
    return wrap(handle.div(new Scalar(value)));
  }

  public Tensor neg() {
    return wrap(handle.neg());
  }

  public Tensor exp() {
    return wrap(handle.exp());
  }

  public Tensor log() {
    return wrap(handle.log());
  }

  public Tensor sqrt() {
    return wrap(handle.sqrt());
  }

  public Tensor abs() {
    return wrap(handle.abs());
  }

  /** To the nearest integer, halves to the even one. */
  public Tensor round() {
    return wrap(handle.round());
  }

  public Tensor sin() {
    return wrap(handle.sin());
  }

  public Tensor cos() {
    return wrap(handle.cos());
  }

  public Tensor pow(double exponent) {
    return wrap(handle.pow(new Scalar(exponent)));
  }

  public Tensor clamp(double min, double max) {
    return wrap(
        handle.clamp(new ScalarOptional(new Scalar(min)), new ScalarOptional(new Scalar(max))));
  }

  public Tensor clampMin(double min) {
    return wrap(handle.clamp_min(new Scalar(min)));
  }

  public Tensor matmul(Tensor other) {
    return wrap(handle.matmul(other.handle));
  }

  /** Pairs (…, 2) as complex numbers, times others: a turn and a stretch of each. FLOAT32. */
  public Tensor mulComplex(Tensor other) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor product =
          wrap(torch.view_as_complex(handle)).mul(wrap(torch.view_as_complex(other.handle)));
      return scope.handUp(wrap(torch.view_as_real(product.handle)));
    }
  }

  // ---- comparison

  /** Elementwise {@code this > value}, as BOOL. */
  public Tensor gt(double value) {
    return wrap(handle.gt(new Scalar(value)));
  }

  /** Elementwise {@code this >= value}, as BOOL. */
  public Tensor ge(double value) {
    return wrap(handle.ge(new Scalar(value)));
  }

  /** Elementwise {@code this < value}, as BOOL. */
  public Tensor lt(double value) {
    return wrap(handle.lt(new Scalar(value)));
  }

  /** Elementwise {@code this == value}, as BOOL. */
  public Tensor eq(double value) {
    return wrap(handle.eq(new Scalar(value)));
  }

  public Tensor logicalNot() {
    return wrap(handle.logical_not());
  }

  /**
   * This tensor (BOOL) as a condition: elements of {@code yes} where true, of {@code no} elsewhere.
   */
  public Tensor where(Tensor yes, Tensor no) {
    return wrap(torch.where(handle, yes.handle, no.handle));
  }

  // ---- activations

  public Tensor relu() {
    return wrap(handle.relu());
  }

  public Tensor silu() {
    return wrap(torch.silu(handle));
  }

  /** The exact GELU, through the error function. */
  public Tensor gelu() {
    return wrap(torch.gelu(handle));
  }

  /** GELU by its tanh approximation. */
  public Tensor geluTanh() {
    return wrap(torch.gelu(handle, "tanh"));
  }

  public Tensor sigmoid() {
    return wrap(handle.sigmoid());
  }

  public Tensor tanh() {
    return wrap(handle.tanh());
  }

  public Tensor softmax(int dim) {
    return wrap(torch.softmax(handle, dim));
  }

  // ---- reduction

  public Tensor sum() {
    return wrap(handle.sum());
  }

  public Tensor sum(boolean keepDim, long... dims) {
    return wrap(handle.sum(dims, keepDim, new ScalarTypeOptional()));
  }

  public Tensor mean(boolean keepDim, long... dims) {
    return wrap(handle.mean(dims, keepDim, new ScalarTypeOptional()));
  }

  public Tensor amax(boolean keepDim, long... dims) {
    return wrap(handle.amax(dims, keepDim));
  }

  public Tensor amin(boolean keepDim, long... dims) {
    return wrap(handle.amin(dims, keepDim));
  }

  public Tensor argmax(int dim) {
    return wrap(handle.argmax(new LongOptional(dim), false));
  }

  /** The indices of the largest elements along a dimension, in no particular order. */
  public Tensor topIndices(long count, int dim) {
    return wrap(torch.topk(handle, count, dim, true, false).get1());
  }

  public Tensor cumsum(int dim) {
    return wrap(handle.cumsum(dim));
  }

  /** Whether any element along a dimension is true. */
  public Tensor any(int dim, boolean keepDim) {
    return wrap(torch.any(handle, dim, keepDim));
  }

  // ---- type and place

  /** This tensor itself (a new handle) where the type is already right, else a converted copy. */
  public Tensor to(DType dtype) {
    return wrap(handle.to(dtype.scalarType()));
  }

  public Tensor to(Device device) {
    return to(device, dtype());
  }

  public Tensor to(Device device, DType dtype) {
    if (!device.isCuda() && !handle.is_cuda()) {
      return wrap(handle.to(device.handle(), dtype.scalarType()));
    }
    return device.equals(device()) ? to(dtype) : moved(device, dtype);
  }

  /**
   * To a GPU from page-locked memory, so that nobody waits for the copy, and converted there; from
   * a GPU with conversion first.
   */
  private Tensor moved(Device device, DType dtype) {
    WorkCount.moved();
    try (TensorScope scope = TensorScope.open()) {
      boolean up = device.isCuda() && handle.is_cpu();
      Tensor source = up ? wrap(handle.pin_memory()) : to(dtype);
      Tensor there =
          wrap(
              source.handle.to(
                  device.handle(),
                  source.dtype().scalarType(),
                  device.isCuda(),
                  false,
                  new MemoryFormatOptional()));
      return scope.handUp(up ? there.to(dtype) : there);
    }
  }

  /** A copy with its own memory. */
  public Tensor copy() {
    return wrap(handle.clone());
  }

  // ---- writing

  public Tensor addInPlace(Tensor other) {
    WorkCount.operation();
    handle.add_(other.handle);
    return this;
  }

  public Tensor addInPlace(long value) {
    WorkCount.operation();
    handle.add_(new Scalar(value));
    return this;
  }

  /** Sets every element. */
  public Tensor fillInPlace(double value) {
    WorkCount.operation();
    handle.fill_(new Scalar(value));
    return this;
  }

  /**
   * This plus another of the same shape. The sum overwrites this tensor, unless gradients need it.
   */
  public Tensor accumulate(Tensor other) {
    return handle.requires_grad() || other.handle.requires_grad() ? add(other) : addInPlace(other);
  }

  public Tensor mulInPlace(Tensor other) {
    WorkCount.operation();
    handle.mul_(other.handle);
    return this;
  }

  public Tensor mulInPlace(double value) {
    WorkCount.operation();
    handle.mul_(new Scalar(value));
    return this;
  }

  /** Copies another tensor's elements into this one, converting type and device. */
  public Tensor copyFrom(Tensor source) {
    WorkCount.operation();
    if (handle.is_cuda() != source.handle.is_cuda()) {
      WorkCount.moved();
    }
    handle.copy_(source.handle);
    return this;
  }

  /** Copies rows of {@code source} to the places {@code indices} of a dimension of this tensor. */
  public Tensor indexCopyInPlace(int dim, Tensor indices, Tensor source) {
    WorkCount.operation();
    handle.index_copy_(dim, indices.handle, source.handle);
    return this;
  }

  // ---- reading

  /** The one element of this tensor. Waits for the device. */
  public double item() {
    WorkCount.copiedOut(dtype().bytes());
    return handle.item_double();
  }

  public long itemLong() {
    WorkCount.copiedOut(dtype().bytes());
    return handle.item_long();
  }

  /** All elements, in row-major order, converted to float. Waits for the device. */
  public float[] toFloatArray() {
    float[] values = new float[arrayLength()];
    WorkCount.copiedOut(numel() * DType.FLOAT32.bytes());
    try (TensorScope scope = TensorScope.open()) {
      Pointer data = to(Device.CPU, DType.FLOAT32).contiguous().handle.data_ptr();
      if (values.length > 0) {
        new FloatPointer(data).get(values);
      }
    }
    return values;
  }

  /** All elements, in row-major order, converted to long. Waits for the device. */
  public long[] toLongArray() {
    long[] values = new long[arrayLength()];
    WorkCount.copiedOut(numel() * DType.INT64.bytes());
    try (TensorScope scope = TensorScope.open()) {
      Pointer data = to(Device.CPU, DType.INT64).contiguous().handle.data_ptr();
      if (values.length > 0) {
        new LongPointer(data).get(values);
      }
    }
    return values;
  }

  /**
   * All elements, in row-major order, converted to unsigned bytes; true is 1. Waits for the device.
   */
  public byte[] toByteArray() {
    byte[] values = new byte[arrayLength()];
    WorkCount.copiedOut(numel() * DType.UINT8.bytes());
    try (TensorScope scope = TensorScope.open()) {
      Pointer data = to(Device.CPU, DType.UINT8).contiguous().handle.data_ptr();
      if (values.length > 0) {
        new BytePointer(data).get(values);
      }
    }
    return values;
  }

  /** Takes bytes that are valid only during the call. */
  @FunctionalInterface
  public interface BytesConsumer {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /**
   * Shows the elements as they are stored, in row-major order and native byte order, in pieces of
   * at most 1 GiB. Waits for the device.
   */
  public void withBytes(BytesConsumer consumer) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      BytePointer data =
          new BytePointer(to(Device.CPU).contiguous().handle.data_ptr()).capacity(bytes());
      for (long at = 0; at < bytes(); at += PIECE_BYTES) {
        long end = Math.min(at + PIECE_BYTES, bytes());
        consumer.accept(data.position(at).limit(end).asByteBuffer());
      }
    }
  }

  /** Fills bytes that are valid only during the call. */
  @FunctionalInterface
  public interface BytesFiller {
    /**
     * Fills a piece.
     *
     * @param at where the piece starts, in bytes from the first element
     */
    void fill(ByteBuffer bytes, long at);
  }

  /** Fills the elements of this contiguous tensor on the CPU, in pieces of at most 1 GiB. */
  public void fill(BytesFiller filler) {
    BytePointer data = new BytePointer(handle.data_ptr()).capacity(bytes());
    for (long at = 0; at < bytes(); at += PIECE_BYTES) {
      long end = Math.min(at + PIECE_BYTES, bytes());
      filler.fill(data.position(at).limit(end).asByteBuffer(), at);
    }
  }

  private int arrayLength() {
    long n = numel();
    if (n > Integer.MAX_VALUE) {
      throw new TorchException(
          "a tensor of shape " + Arrays.toString(shape()) + " does not fit into a Java array");
    }
    return (int) n;
  }

  @Override
  public String toString() {
    return dtype() + Arrays.toString(shape()) + "@" + device();
  }
}
