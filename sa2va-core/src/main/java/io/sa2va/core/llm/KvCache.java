package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a request's earlier positions left for later ones to attend to: keys and values of every
 * layer. It grows as needed and is closed by who asked for it.
 *
 * <p>For one thread at a time. Shapes: K key heads, S positions, d head width.
 */
public final class KvCache implements AutoCloseable {
  private final List<Layer> layers;
  private long length;

  /** For each position held, the first place that it and those before it leave free. */
  private long[] following = new long[16];

  private boolean open = true;

  KvCache(LlmConfig config, long capacity, Device device, DType dtype) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, but was " + capacity);
    }
    this.layers =
        Stream.generate(() -> new Layer(config, capacity, device, dtype))
            .limit(config.layers())
            .toList();
  }

  /** Positions held. */
  public long length() {
    return length;
  }

  /** The place of the next word: the length, unless pictures took fewer places than tokens. */
  long nextPosition() {
    return length == 0 ? 0 : following[(int) length - 1];
  }

  /**
   * Forgets the positions from {@code newLength} on.
   *
   * @param newLength 0 to {@link #length()}
   */
  public void truncate(long newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(
          "the new length must be from 0 to " + length + ", but was " + newLength);
    }
    length = newLength;
  }

  Layer layer(int index) {
    if (!open) {
      throw new IllegalStateException("this cache was closed");
    }
    return layers.get(index);
  }

  /** Says that every layer has appended these positions. */
  void advance(PositionIds positions) {
    long start = nextPosition();
    long[] added = Arrays.stream(positions.following()).map(place -> start + place).toArray();
    int total = Math.toIntExact(length + added.length);
    if (total > following.length) {
      following = Arrays.copyOf(following, Math.max(total, 2 * following.length));
    }
    System.arraycopy(added, 0, following, (int) length, added.length);
    length = total;
  }

  @Override
  public void close() {
    open = false;
    layers.forEach(Layer::close);
  }

  /** Keys and values (1, K, S, d). */
  record KeyValues(Tensor keys, Tensor values) {}

  /** One layer's part of the cache. */
  final class Layer {
    private final LlmConfig config;
    private final Device device;
    private final DType dtype;
    private long capacity;
    private Optional<Kept> keys = Optional.empty(); // (1, K, capacity, d)
    private Optional<Kept> values = Optional.empty();

    private Layer(LlmConfig config, long capacity, Device device, DType dtype) {
      this.config = config;
      this.capacity = capacity;
      this.device = device;
      this.dtype = dtype;
    }

    boolean isEmpty() {
      return length == 0;
    }

    /**
     * Puts new positions behind those held: k and v (1, K, T, d) of any type → all (1, K, S + T,
     * d), views of the cache.
     */
    KeyValues append(Tensor k, Tensor v) {
      long total = length + k.size(2);
      reserve(total);
      return new KeyValues(write(keys, k, total), write(values, v, total));
    }

    private Tensor write(Optional<Kept> buffer, Tensor added, long total) {
      Tensor all = buffer.orElseThrow().tensor().narrow(2, 0, total);
      all.narrow(2, length, total - length).copyFrom(added);
      return all;
    }

    private void reserve(long total) {
      if (keys.isPresent() && total <= capacity) {
        return;
      }
      capacity = total <= capacity ? capacity : Math.max(total, 2 * capacity);
      keys = Optional.of(enlarged(keys));
      values = Optional.of(enlarged(values));
    }

    private Kept enlarged(Optional<Kept> old) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor larger =
            Tensors.empty(dtype, device, 1, config.keyValueHeads(), capacity, config.headWidth());
        if (old.isPresent()) {
          larger.narrow(2, 0, length).copyFrom(old.get().tensor().narrow(2, 0, length));
          old.get().close();
        }
        return Kept.of(larger);
      }
    }

    private void close() {
      keys.ifPresent(Kept::close);
      values.ifPresent(Kept::close);
    }
  }
}
