package io.sa2va.torch;

import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * Where a tensor lives.
 *
 * @param type the kind of device
 * @param index which of several devices of that kind, from 0; always 0 for the CPU
 */
public record Device(Type type, int index) {
  /** The kinds of device. */
  public enum Type {
    CPU,
    CUDA,
    /** Shapes without data: tensors here cost no memory. */
    META
  }

  public static final Device CPU = new Device(Type.CPU, 0);
  public static final Device META = new Device(Type.META, 0);

  public Device {
    if (index < 0) {
      throw new IllegalArgumentException("device index must be at least 0, but was " + index);
    }
  }

  public static Device cuda(int index) {
    return new Device(Type.CUDA, index);
  }

  public boolean isCpu() {
    return type == Type.CPU;
  }

  public boolean isCuda() {
    return type == Type.CUDA;
  }

  org.bytedeco.pytorch.Device handle() {
    return switch (type) {
      case CPU -> new org.bytedeco.pytorch.Device(DeviceType.CPU);
      case CUDA -> new org.bytedeco.pytorch.Device(DeviceType.CUDA, (byte) index);
      case META -> new org.bytedeco.pytorch.Device(DeviceType.Meta);
    };
  }

  @Override
  public String toString() {
    return type == Type.CUDA ? "cuda:" + index : type.name().toLowerCase(java.util.Locale.ROOT);
  }
}
