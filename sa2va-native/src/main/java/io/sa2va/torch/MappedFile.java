package io.sa2va.torch;

import java.nio.file.Path;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/** Files as tensors. */
public final class MappedFile {
  private MappedFile() {}

  /**
   * Maps a file of any size as a UINT8 tensor of shape (bytes). Pages are read when touched;
   * writing to the tensor does not reach the file.
   *
   * @param bytes the file's size, which the caller has checked
   */
  public static Tensor map(Path file, long bytes) {
    try {
      return Tensor.wrap(
          torch.from_file(
              file.toAbsolutePath().toString(),
              new BoolOptional(false),
              new LongOptional(bytes),
              Tensors.options(DType.UINT8, Device.CPU)));
    } catch (RuntimeException e) {
      throw new TorchException("cannot map the file " + file + ": " + e.getMessage(), e);
    }
  }
}
