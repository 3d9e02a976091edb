package io.sa2va.core.data;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.primitives.ImmutableLongArray;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.error.InvalidRequestException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The values of a JSON list or object in a file, each read when it is asked for; only their places
 * are kept, so files may be larger than the memory. Immutable and safe to share by threads while
 * nobody changes the file.
 */
public final class RecordFile {
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxNestingDepth(64).build();

  private static final JsonFactory PLACES =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();

  private static final JsonMapper RECORDS =
      new JsonMapper(
          JsonFactory.builder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(LIMITS)
              .build());

  private final Path file;
  private final ImmutableLongArray starts;
  private final ImmutableLongArray ends;

  /** Empty for a list. */
  private final List<String> keys;

  private final Map<String, Integer> indices = new HashMap<>();

  private RecordFile(
      Path file, ImmutableLongArray starts, ImmutableLongArray ends, List<String> keys) {
    this.file = file;
    this.starts = starts;
    this.ends = ends;
    this.keys = List.copyOf(keys);
    for (int i = 0; i < keys.size(); i++) {
      indices.put(keys.get(i), i);
    }
  }

  /**
   * The items of a list.
   *
   * @param file UTF-8
   * @param path the keys that lead to the list; none if the file is the list
   * @throws InvalidRequestException if the file is not there, not JSON, or has no such list
   */
  public static RecordFile ofList(Path file, String... path) {
    return open(file, JsonToken.START_ARRAY, path);
  }

  /**
   * The values of an object, in the order of the file.
   *
   * @param file UTF-8
   * @param path the keys that lead to the object; none if the file is the object
   * @throws InvalidRequestException if the file is not there, not JSON, or has no such object
   */
  public static RecordFile ofObject(Path file, String... path) {
    return open(file, JsonToken.START_OBJECT, path);
  }

  private static RecordFile open(Path file, JsonToken kind, String... path) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidRequestException(file + " is missing");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        JsonParser parser = PLACES.createParser(in)) {
      parser.nextToken();
      for (String key : path) {
        descend(parser, key, file);
      }
      if (parser.currentToken() != kind) {
        String what = kind == JsonToken.START_ARRAY ? "a list" : "an object";
        String where = path.length == 0 ? file.toString() : file + ": " + String.join(", ", path);
        throw new InvalidRequestException(where + " should be " + what);
      }
      if (parser.currentTokenLocation().getByteOffset() < 0) {
        throw new InvalidRequestException(file + " should be UTF-8");
      }
      return index(parser, file);
    } catch (JacksonException e) {
      throw new InvalidRequestException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidRequestException("cannot read " + file + ": " + e, e);
    }
  }

  private static void descend(JsonParser parser, String key, Path file) throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = parser.currentName().equals(key);
        parser.nextToken();
        if (found) {
          return;
        }
        parser.skipChildren();
      }
    }
    throw new InvalidRequestException(file + " has no \"" + key + "\"");
  }

  private static RecordFile index(JsonParser parser, Path file) throws IOException {
    ImmutableLongArray.Builder starts = ImmutableLongArray.builder();
    ImmutableLongArray.Builder ends = ImmutableLongArray.builder();
    List<String> keys = new ArrayList<>();
    for (JsonToken token = parser.nextToken(); !token.isStructEnd(); token = next(parser)) {
      if (token == JsonToken.FIELD_NAME) {
        keys.add(parser.currentName());
        parser.nextToken();
      }
      starts.add(parser.currentTokenLocation().getByteOffset());
      parser.skipChildren();
      parser.finishToken();
      ends.add(parser.currentLocation().getByteOffset());
    }
    return new RecordFile(file, starts.build(), ends.build(), keys);
  }

  private static JsonToken next(JsonParser parser) throws IOException {
    return Objects.requireNonNull(parser.nextToken());
  }

  /** How many there are. */
  public int size() {
    return starts.length();
  }

  /**
   * Reads one.
   *
   * @param index from 0
   * @throws BrokenRecordException if it cannot be read
   */
  public DataRecord get(int index) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      return read(channel, index);
    } catch (IOException e) {
      throw unreadable(index, e);
    }
  }

  private DataRecord read(SeekableByteChannel channel, int index) {
    try {
      ByteBuffer bytes = ByteBuffer.allocate((int) (ends.get(index) - starts.get(index)));
      channel.position(starts.get(index));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return new DataRecord(place(index), RECORDS.readTree(bytes.array()));
    } catch (IOException e) {
      throw unreadable(index, e);
    }
  }

  private BrokenRecordException unreadable(int index, IOException cause) {
    return new BrokenRecordException(
        place(index) + " cannot be read: " + cause.getMessage(), cause);
  }

  private String place(int index) {
    String place = file + ": record " + index;
    return keys.isEmpty() ? place : place + " (\"" + keys.get(index) + "\")";
  }

  /** Takes a value and its index. */
  @FunctionalInterface
  interface Visitor {
    void visit(int index, DataRecord value);
  }

  /**
   * Reads all, in order.
   *
   * @throws BrokenRecordException if one cannot be read
   */
  void scan(Visitor visitor) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      for (int i = 0; i < size(); i++) {
        visitor.visit(i, read(channel, i));
      }
    } catch (IOException e) {
      throw new InvalidRequestException("cannot read " + file + ": " + e, e);
    }
  }

  /**
   * This, if there is something in it.
   *
   * @throws InvalidRequestException if there is nothing
   */
  RecordFile requireSome() {
    if (size() == 0) {
      throw new InvalidRequestException(file + " has no records");
    }
    return this;
  }

  /**
   * The key of one of an object's values.
   *
   * @param index from 0
   * @throws IndexOutOfBoundsException if there is none, or this is a list
   */
  public String key(int index) {
    return keys.get(index);
  }

  /** Reads the value of a key; empty if there is none. */
  public Optional<DataRecord> find(String key) {
    return Optional.ofNullable(indices.get(key)).map(this::get);
  }

  /** The file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
