package io.sa2va.torch;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Makes tensors in the innermost open {@link TensorScope}. Without a device they are on the CPU.
 */
public final class Tensors {
  static {
    Torch.initialize();
  }

  private Tensors() {}

  public static Tensor of(float[] values, long... shape) {
    TensorScope.requireOpen();
    return counted(Tensor.wrap(AbstractTensor.create(values, shape)));
  }

  public static Tensor of(long[] values, long... shape) {
    TensorScope.requireOpen();
    return counted(Tensor.wrap(AbstractTensor.create(values, shape)));
  }

  public static Tensor of(int[] values, long... shape) {
    TensorScope.requireOpen();
    return counted(Tensor.wrap(AbstractTensor.create(values, shape)));
  }

  /** Bytes as UINT8. */
  public static Tensor of(byte[] values, long... shape) {
    Tensor tensor = empty(DType.UINT8, Device.CPU, shape);
    if (tensor.numel() != values.length) {
      throw new IllegalArgumentException(
          values.length + " bytes do not fill a tensor of " + tensor.numel() + " elements");
    }
    if (values.length > 0) {
      new BytePointer(tensor.handle().data_ptr()).put(values);
    }
    return counted(tensor);
  }

  private static Tensor counted(Tensor copy) {
    WorkCount.copiedIn(copy.bytes());
    return copy;
  }

  /** Memory as it is found: for tensors that are written before they are read. */
  public static Tensor empty(DType dtype, Device device, long... shape) {
    return Tensor.wrap(torch.empty(shape, options(dtype, device), new MemoryFormatOptional()));
  }

  /** The same in memory of the CPU that stays in place, from which a GPU copies by itself. */
  public static Tensor pageLocked(DType dtype, long... shape) {
    return Tensor.wrap(
        torch.empty(
            shape,
            options(dtype, Device.CPU).pinned_memory(new BoolOptional(true)),
            new MemoryFormatOptional()));
  }

  public static Tensor zeros(DType dtype, Device device, long... shape) {
    return Tensor.wrap(torch.zeros(shape, options(dtype, device)));
  }

  public static Tensor full(double value, DType dtype, Device device, long... shape) {
    Tensor tensor = empty(dtype, device, shape);
    tensor.handle().fill_(new Scalar(value));
    return tensor;
  }

  /** 0, 1, … n-1. */
  public static Tensor arange(long n, DType dtype, Device device) {
    return Tensor.wrap(torch.arange(new Scalar(n), options(dtype, device)));
  }

  public static Tensor cat(int dim, List<Tensor> parts) {
    return Tensor.wrap(torch.cat(vector(parts), dim));
  }

  public static Tensor cat(int dim, Tensor... parts) {
    return cat(dim, List.of(parts));
  }

  public static Tensor stack(int dim, List<Tensor> parts) {
    return Tensor.wrap(torch.stack(vector(parts), dim));
  }

  /**
   * Normally distributed values from libtorch's own generator; for random weights, not for
   * sampling.
   */
  public static Tensor randn(DType dtype, Device device, long... shape) {
    return Tensor.wrap(torch.randn(shape, options(dtype, device)));
  }

  /** Evenly distributed values from 0 to below 1, from libtorch's own generator. */
  public static Tensor rand(DType dtype, Device device, long... shape) {
    return Tensor.wrap(torch.rand(shape, options(dtype, device)));
  }

  /** Seeds libtorch's generators of this process. */
  public static void manualSeed(long seed) {
    torch.manual_seed(seed);
  }

  private static TensorVector vector(List<Tensor> parts) {
    return new TensorVector(
        parts.stream().map(Tensor::handle).toArray(org.bytedeco.pytorch.Tensor[]::new));
  }

  static TensorOptions options(DType dtype, Device device) {
    TensorScope.requireOpen();
    return new TensorOptions()
        .dtype(new ScalarTypeOptional(dtype.scalarType()))
        .device(new DeviceOptional(device.handle()));
  }
}
