package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Attention;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a request's earlier positions left for later ones to attend to: keys and values of every
 * layer. It grows as needed and is closed by who asked for it.
 *
 * <p>For one thread at a time. Shapes: K key heads, S positions, d head width.
 */
public final class KvCache implements AutoCloseable {
  /** Kernels with a mask like lengths that are multiples of 8; graphs, few different ones. */
  private static final long ROUNDING = 64;

  private final List<Layer> layers;
  private long length;

  /** For each position held, the first place that it and those before it leave free. */
  private long[] following = new long[16];

  private boolean open = true;

  KvCache(LlmConfig config, long capacity, LayerDevices devices, DType dtype) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity must be at least 1, but was " + capacity);
    }
    this.layers =
        IntStream.range(0, config.layers())
            .mapToObj(layer -> new Layer(config, capacity, devices.of(layer), dtype))
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

  /**
   * Makes room for some positions more, and gives the free places finite values, which may be
   * multiplied by 0.
   *
   * @return places of every layer
   */
  long reserveInPlace() {
    layers.forEach(Layer::reserveInPlace);
    return layers.get(0).capacity;
  }

  /** The layers' memory as it is, for positions that are added on the device alone. */
  List<AttentionCache> inPlace(StepPosition position) {
    return layers.stream().map(layer -> layer.inPlace(position)).toList();
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

  /** One layer's part of the cache. */
  final class Layer implements AttentionCache {
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

    /** The first positions need only each other, in the model's own type. */
    @Override
    public Tensor attend(Tensor q, Tensor k, Tensor v, long window) {
      long total = length + k.size(2);
      reserve(total);
      Tensor allKeys = write(keys, k, total); // (1, K, S, d), a view
      Tensor allValues = write(values, v, total); // (1, K, S, d), a view
      return length == 0
          ? Attention.causal(q.to(v.dtype()), k.to(v.dtype()), v, window)
          : Attention.causal(q.to(dtype), allKeys, allValues, window);
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
      capacity = total <= capacity ? capacity : rounded(Math.max(total, 2 * capacity));
      keys = Optional.of(enlarged(keys));
      values = Optional.of(enlarged(values));
    }

    private static long rounded(long places) {
      return (places + ROUNDING - 1) / ROUNDING * ROUNDING;
    }

    private void reserveInPlace() {
      reserve(length + ROUNDING);
      try (TensorScope scope = TensorScope.open()) {
        clearFree(keys);
        clearFree(values);
      }
    }

    private void clearFree(Optional<Kept> buffer) {
      buffer.orElseThrow().tensor().narrow(2, length, capacity - length).fillInPlace(0);
    }

    private AttentionCache inPlace(StepPosition position) {
      return new InPlaceCache(keys.orElseThrow().tensor(), values.orElseThrow().tensor(), position);
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
