package io.sa2va.torch.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.sa2va.torch.DType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file: eight bytes of length, then JSON that names every tensor.
 *
 * <p>Nothing in the file is trusted: the length, the types, the shapes and the offsets must agree
 * with each other and with the file's size, and tensors must follow each other without gap or
 * overlap, as the format demands.
 *
 * @param dataStart the file position of the first tensor byte
 * @param tensors what the file holds, by name, in the header's order
 * @param metadata free text that the writer left
 */
record SafetensorsHeader(
    long dataStart, Map<String, TensorInfo> tensors, Map<String, String> metadata) {
  /** The limit that the reference implementation sets, too. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final int MAX_DIMENSIONS = 16;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
          .build();

  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < 8) {
      throw broken(
          file,
          "it has " + size + " bytes; a safetensors file starts with 8 bytes of header length");
    }
    ByteBuffer lengthBytes = readFully(file, channel, 0, 8);
    long length = lengthBytes.order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES || length > size - 8) {
      throw broken(
          file,
          "its header claims "
              + Long.toUnsignedString(length)
              + " bytes, but the file has "
              + size
              + " (the limit is "
              + MAX_HEADER_BYTES
              + ")");
    }
    byte[] json = readFully(file, channel, 8, (int) length).array();
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new HashMap<>();
    parse(file, json, tensors, metadata);
    requireSeamless(file, tensors, size - 8 - length);
    return new SafetensorsHeader(
        8 + length, Collections.unmodifiableMap(tensors), Map.copyOf(metadata));
  }

  private static ByteBuffer readFully(Path file, FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, position + buffer.position());
      if (n < 0) {
        throw broken(file, "it ends inside its header");
      }
    }
    return buffer.flip();
  }

  private static void parse(
      Path file, byte[] json, Map<String, TensorInfo> tensors, Map<String, String> metadata)
      throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      expect(file, parser.nextToken(), JsonToken.START_OBJECT, "the header");
      String name;
      while ((name = parser.nextFieldName()) != null) {
        expect(file, parser.nextToken(), JsonToken.START_OBJECT, "the entry \"" + name + "\"");
        if (name.equals("__metadata__")) {
          parseMetadata(file, parser, metadata);
        } else {
          tensors.put(name, parseTensor(file, name, parser));
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw broken(file, "its header is not a JSON object of tensors");
      }
      if (parser.nextToken() != null) {
        throw broken(file, "something follows the JSON object of its header");
      }
    } catch (StreamReadException e) {
      throw new WeightException(
          file + " is not a safetensors file: its header is not JSON: " + e.getOriginalMessage(),
          e);
    }
  }

  private static void parseMetadata(Path file, JsonParser parser, Map<String, String> metadata)
      throws IOException {
    String key;
    while ((key = parser.nextFieldName()) != null) {
      expect(file, parser.nextToken(), JsonToken.VALUE_STRING, "metadata \"" + key + "\"");
      metadata.put(key, parser.getText());
    }
  }

  private static TensorInfo parseTensor(Path file, String name, JsonParser parser)
      throws IOException {
    DType dtype = null;
    long[] shape = null;
    long[] offsets = null;
    String key;
    while ((key = parser.nextFieldName()) != null) {
      JsonToken value = parser.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(file, value, JsonToken.VALUE_STRING, "the dtype of \"" + name + "\"");
          dtype = dtype(file, name, parser.getText());
        }
        case "shape" -> shape = longs(file, name, parser, MAX_DIMENSIONS);
        case "data_offsets" -> offsets = longs(file, name, parser, 2);
        default -> throw broken(file, "tensor \"" + name + "\" has an unknown key \"" + key + "\"");
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
      throw broken(file, "tensor \"" + name + "\" lacks its dtype, shape or data_offsets");
    }
    requireSize(file, name, dtype, shape, offsets);
    return new TensorInfo(dtype, Arrays.stream(shape).boxed().toList(), offsets[0], offsets[1]);
  }

  private static DType dtype(Path file, String name, String code) {
    for (DType dtype : DType.values()) {
      if (dtype.code().equals(code)) {
        return dtype;
      }
    }
    throw broken(
        file,
        "tensor \""
            + name
            + "\" has the unknown dtype \""
            + code
            + "\"; known are "
            + Arrays.stream(DType.values()).map(DType::code).toList());
  }

  private static long[] longs(Path file, String name, JsonParser parser, int limit)
      throws IOException {
    expect(file, parser.currentToken(), JsonToken.START_ARRAY, "a list of tensor \"" + name + "\"");
    List<Long> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(
          file,
          parser.currentToken(),
          JsonToken.VALUE_NUMBER_INT,
          "a number of tensor \"" + name + "\"");
      if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || parser.getLongValue() < 0
          || values.size() == limit) {
        throw broken(
            file, "tensor \"" + name + "\" has an impossible shape or offset: " + parser.getText());
      }
      values.add(parser.getLongValue());
    }
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static void requireSize(
      Path file, String name, DType dtype, long[] shape, long[] offsets) {
    long bytes;
    try {
      bytes = dtype.bytes();
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
    } catch (ArithmeticException e) {
      throw broken(
          file,
          "tensor \""
              + name
              + "\" of shape "
              + Arrays.toString(shape)
              + " is larger than any file");
    }
    if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
      throw broken(
          file,
          "tensor \""
              + name
              + "\" of shape "
              + Arrays.toString(shape)
              + " and dtype "
              + dtype.code()
              + " needs "
              + bytes
              + " bytes, but its data_offsets are "
              + Arrays.toString(offsets));
    }
  }

  private static void requireSeamless(Path file, Map<String, TensorInfo> tensors, long dataBytes) {
    List<Map.Entry<String, TensorInfo>> byOffset = new ArrayList<>(tensors.entrySet());
    byOffset.sort(
        Comparator.comparingLong((Map.Entry<String, TensorInfo> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long position = 0;
    for (Map.Entry<String, TensorInfo> entry : byOffset) {
      TensorInfo info = entry.getValue();
      if (info.end() > dataBytes) {
        throw broken(
            file,
            "tensor \""
                + entry.getKey()
                + "\" ends at byte "
                + info.end()
                + " of its data, but only "
                + dataBytes
                + " are there: the file is truncated or its header lies; fetch it again");
      }
      if (info.begin() != position) {
        throw broken(
            file,
            "tensor \""
                + entry.getKey()
                + "\" starts at byte "
                + info.begin()
                + " of its data where byte "
                + position
                + " was due: tensors overlap or leave a gap");
      }
      position = info.end();
    }
    if (position != dataBytes) {
      throw broken(file, (dataBytes - position) + " bytes follow its last tensor");
    }
  }

  private static void expect(Path file, @Nullable JsonToken actual, JsonToken wanted, String what) {
    if (actual != wanted) {
      throw broken(file, what + " should be " + wanted + " but is " + actual);
    }
  }

  private static WeightException broken(Path file, String why) {
    return new WeightException(file + " is not a sound safetensors file: " + why);
  }
}
