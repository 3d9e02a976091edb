package io.sa2va.torch;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types of tensors, under the names that safetensors files use in {@link #code()}. */
public enum DType {
  FLOAT64("F64", ScalarType.Double, 8),
  FLOAT32("F32", ScalarType.Float, 4),
  FLOAT16("F16", ScalarType.Half, 2),
  BFLOAT16("BF16", ScalarType.BFloat16, 2),
  INT64("I64", ScalarType.Long, 8),
  INT32("I32", ScalarType.Int, 4),
  INT16("I16", ScalarType.Short, 2),
  INT8("I8", ScalarType.Char, 1),
  UINT8("U8", ScalarType.Byte, 1),
  BOOL("BOOL", ScalarType.Bool, 1);

  private final String code;
  private final ScalarType scalarType;
  private final int bytes;

  DType(String code, ScalarType scalarType, int bytes) {
    this.code = code;
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** The name of this type in a safetensors header, for example {@code BF16}. */
  public String code() {
    return code;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  public boolean isFloatingPoint() {
    return this == FLOAT64 || this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
  }

  ScalarType scalarType() {
    return scalarType;
  }

  static DType of(ScalarType type) {
    for (DType candidate : values()) {
      if (candidate.scalarType.value == type.value) {
        return candidate;
      }
    }
    throw new TorchException("libtorch's element type " + type + " is not supported");
  }
}
