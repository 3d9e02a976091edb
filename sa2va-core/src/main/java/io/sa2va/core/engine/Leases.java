package io.sa2va.core.engine;

import io.sa2va.Cancellation;
import io.sa2va.error.CancelledException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values that several owners use at once: made for the first who asks for a key, ended when the
 * last has let go. Thread-safe: who asks for a value that is just being made waits for it.
 *
 * @param <K> tells values apart
 * @param <V> the values
 */
final class Leases<K, V> {
  private static final long POLL_MILLIS = 50;

  private final ConcurrentMap<K, Slot> slots = new ConcurrentHashMap<>();
  private final Consumer<V> end;

  /**
   * Starts empty.
   *
   * @param end frees a value that nobody uses any more
   */
  Leases(Consumer<V> end) {
    this.end = end;
  }

  /**
   * Takes a share in a value.
   *
   * @param make makes it, if nobody has it; if that fails, the next who asks tries again
   * @throws CancelledException if it was cancelled, or the thread interrupted, while another thread
   *     made the value
   */
  Lease acquire(K key, Cancellation cancellation, Supplier<V> make) {
    while (true) {
      Slot slot = slots.computeIfAbsent(key, Slot::new);
      slot.lock(cancellation);
      try {
        if (!slot.ended) {
          return slot.share(make);
        }
      } finally {
        slot.lock.unlock();
      }
    }
  }

  /** One owner's share in a value. */
  final class Lease implements AutoCloseable {
    private final Slot slot;
    private final V value;
    private boolean open = true;

    private Lease(Slot slot, V value) {
      this.slot = slot;
      this.value = value;
    }

    /** The value, until this lease is closed. */
    V value() {
      return value;
    }

    /** Whether the value belongs to a key. */
    boolean isOf(K key) {
      return slot.key.equals(key);
    }

    /** Lets go of the value. Closing twice does nothing. */
    @Override
    public void close() {
      slot.lock.lock();
      try {
        if (open) {
          open = false;
          slot.release();
        }
      } finally {
        slot.lock.unlock();
      }
    }
  }

  /** The place of one value; all but {@link #lock} is guarded by it. */
  private final class Slot {
    private final ReentrantLock lock = new ReentrantLock();
    private final K key;
    private @Nullable V value;
    private int owners;
    private boolean ended;

    Slot(K key) {
      this.key = key;
    }

    void lock(Cancellation cancellation) {
      try {
        while (!lock.tryLock(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          if (cancellation.isCancelled()) {
            throw new CancelledException("the loading was cancelled");
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("interrupted while another thread loads the same model", e);
      }
    }

    Lease share(Supplier<V> make) {
      @Nullable V shared = value;
      if (shared == null) {
        shared = made(make);
        value = shared;
      }
      owners++;
      return new Lease(this, shared);
    }

    private V made(Supplier<V> make) {
      boolean made = false;
      try {
        V fresh = make.get();
        made = true;
        return fresh;
      } finally {
        if (!made) {
          remove();
        }
      }
    }

    void release() {
      owners--;
      @Nullable V last = value;
      if (owners == 0 && last != null) {
        remove();
        end.accept(last);
      }
    }

    private void remove() {
      ended = true;
      value = null;
      slots.remove(key, this);
    }
  }
}
