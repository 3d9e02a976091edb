package io.sa2va.torch.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sa2va.files.AtomicMove;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes safetensors files. A file appears under its name only when all of it is written. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes tensors, in the order of the map, each in its own type.
   *
   * @param metadata free text, such as {@code format: pt}
   * @throws WeightException if the file cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, PendingTensor> pending = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> pending.put(name, PendingTensor.of(tensor)));
    writePending(file, pending, metadata);
  }

  /** The same, making one tensor at a time. */
  public static void writePending(
      Path file, Map<String, PendingTensor> tensors, Map<String, String> metadata) {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        writeFully(channel, header(tensors, metadata));
        for (Map.Entry<String, PendingTensor> entry : tensors.entrySet()) {
          try (TensorScope turn = TensorScope.open()) {
            Tensor tensor = entry.getValue().make(entry.getKey());
            tensor.withBytes(bytes -> writeFully(channel, bytes));
          }
        }
        channel.force(true);
      }
      AtomicMove.replace(partial, file);
    } catch (IOException e) {
      throw new WeightException("cannot write " + file + ": " + e, e);
    } finally {
      deleteQuietly(partial);
    }
  }

  private static ByteBuffer header(Map<String, PendingTensor> tensors, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    try (JsonGenerator generator = new JsonFactory().createGenerator(json)) {
      generator.writeStartObject();
      if (!metadata.isEmpty()) {
        generator.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          generator.writeStringField(entry.getKey(), entry.getValue());
        }
        generator.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, PendingTensor> entry : tensors.entrySet()) {
        writeEntry(generator, entry.getKey(), entry.getValue(), offset);
        offset += entry.getValue().bytes();
      }
      generator.writeEndObject();
    }
    while (json.size() % ALIGNMENT != 0) {
      json.write(' ');
    }
    return ByteBuffer.allocate(8 + json.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.size())
        .put(json.toByteArray())
        .flip();
  }

  private static void writeEntry(
      JsonGenerator generator, String name, PendingTensor tensor, long offset) throws IOException {
    long[] shape = tensor.shapeArray();
    generator.writeObjectFieldStart(name);
    generator.writeStringField("dtype", tensor.dtype().code());
    generator.writeFieldName("shape");
    generator.writeArray(shape, 0, shape.length);
    generator.writeFieldName("data_offsets");
    generator.writeArray(new long[] {offset, offset + tensor.bytes()}, 0, 2);
    generator.writeEndObject();
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static void deleteQuietly(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException ignored) {
      // The failure that left the partial file behind is the one to report.
    }
  }
}
