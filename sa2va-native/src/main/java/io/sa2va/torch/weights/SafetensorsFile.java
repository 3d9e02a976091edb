package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.MappedFile;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A safetensors file, mapped into memory: its tensors are views of the file's pages.
 *
 * <p>A view keeps the mapping alive, so a tensor may be used after this file was closed. Safe to
 * share between threads.
 */
public final class SafetensorsFile implements AutoCloseable {
  private final Path path;
  private final SafetensorsHeader header;
  private final Kept bytes;

  private SafetensorsFile(Path path, SafetensorsHeader header, Kept bytes) {
    this.path = path;
    this.header = header;
    this.bytes = bytes;
  }

  /**
   * Opens a file and checks its header against its size.
   *
   * @throws WeightException if the file is missing, truncated, or its header is not sound
   */
  public static SafetensorsFile open(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      SafetensorsHeader header = SafetensorsHeader.read(path, channel);
      try (TensorScope scope = TensorScope.open()) {
        return new SafetensorsFile(path, header, Kept.of(MappedFile.map(path, channel.size())));
      }
    } catch (IOException e) {
      throw new WeightException("cannot read the weight file " + path + ": " + e, e);
    }
  }

  public Path path() {
    return path;
  }

  /** What the file holds, by name. */
  public Map<String, TensorInfo> tensors() {
    return header.tensors();
  }

  /** Free text that the file's writer left, by key. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * A view of one tensor, in the innermost scope. Writing to it changes only this process's copy.
   */
  public Tensor tensor(String name) {
    TensorInfo info = info(name);
    Tensor slice =
        bytes.tensor().narrow(0, header.dataStart() + info.begin(), info.bytes()); // (bytes)
    return typed(slice, info.dtype(), header.dataStart() + info.begin()).view(info.shapeArray());
  }

  /** A copy of one tensor in memory of its own, in the innermost scope; no page stays mapped. */
  public Tensor read(String name) {
    TensorInfo info = info(name);
    Tensor tensor = Tensors.empty(info.dtype(), Device.CPU, info.shapeArray());
    tensor.fill((bytes, at) -> readPart(name, at, bytes));
    return tensor;
  }

  /** Reads some bytes of a tensor. Safe for several threads at once. */
  void readPart(String name, long from, ByteBuffer into) {
    long start = header.dataStart() + info(name).begin() + from;
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      readFully(channel, into, start);
    } catch (IOException e) {
      throw new WeightException("cannot read \"" + name + "\" from " + path + ": " + e, e);
    }
  }

  private static void readFully(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at);
      if (count < 0) {
        throw new EOFException("the file became shorter");
      }
      at += count;
    }
  }

  private TensorInfo info(String name) {
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw new WeightException(path + " holds no tensor \"" + name + "\"");
    }
    return info;
  }

  private static Tensor typed(Tensor slice, DType dtype, long position) {
    if (dtype == DType.UINT8) {
      return slice;
    }
    // A view as wider elements must start at a multiple of their size; odd files are copied.
    return (position % dtype.bytes() == 0 ? slice : slice.copy()).viewAs(dtype);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
