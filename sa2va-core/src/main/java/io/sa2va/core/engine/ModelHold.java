package io.sa2va.core.engine;

import io.sa2va.Cancellation;
import io.sa2va.ModelInfo;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One handle's hold on a model, whose weights are in memory, or away until they are needed, or
 * given up. Requests share it; what takes the weights away waits for them. Thread-safe.
 */
final class ModelHold implements AutoCloseable {
  private final ModelLoader loader;
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
  private Leases<ModelKey, ResidentModel>.@Nullable Lease lease;
  private volatile ModelInfo info;
  private volatile boolean open = true;

  /**
   * Loads the model.
   *
   * @param cancellation ends the loading
   */
  ModelHold(ModelLoader loader, Cancellation cancellation) {
    this.loader = loader;
    Leases<ModelKey, ResidentModel>.Lease loaded = loader.load(cancellation);
    this.lease = loaded;
    this.info = loader.info(loaded.value());
  }

  /** The model's facts, as it was last loaded. */
  ModelInfo info() {
    return info;
  }

  /** Runs something that needs the model, which is loaded again if it is away. */
  <T> T use(Function<LoadedModel, T> work) {
    LoadedModel model = enter();
    try {
      return NativeErrors.translate(() -> work.apply(model));
    } finally {
      leave();
    }
  }

  /**
   * Goes on with something that began earlier and has kept tensors of the model.
   *
   * @param model that it began with
   * @throws IllegalStateException if that model is not in memory any more
   */
  <T> T goOn(LoadedModel model, Supplier<T> work) {
    lifetime.readLock().lock();
    try {
      requireOpen();
      if (lease == null || !lease.value().parts().equals(model)) {
        throw new IllegalStateException(
            "the model " + info.name() + " was unloaded since this began; begin anew");
      }
      return NativeErrors.translate(work);
    } finally {
      leave();
    }
  }

  private LoadedModel enter() {
    while (true) {
      lifetime.readLock().lock();
      boolean entered = false;
      try {
        requireOpen();
        if (lease != null) {
          entered = true;
          return lease.value().parts();
        }
      } finally {
        if (!entered) {
          lifetime.readLock().unlock();
        }
      }
      reload();
    }
  }

  private void leave() {
    lifetime.readLock().unlock();
    FreedMemory.giveBackSoon();
  }

  boolean isLoaded() {
    lifetime.readLock().lock();
    try {
      return lease != null;
    } finally {
      lifetime.readLock().unlock();
    }
  }

  /** Lets go of the weights until they are needed. */
  void unload() {
    alone(
        "unloaded",
        () -> {
          requireOpen();
          letGo();
        });
  }

  /** Loads the weights, unless those in memory are of the files as they are now. */
  void reload() {
    alone(
        "reloaded",
        () -> {
          requireOpen();
          if (lease == null || !loader.isCurrent(lease)) {
            letGo();
            Leases<ModelKey, ResidentModel>.Lease loaded = loader.load(new Cancellation());
            lease = loaded;
            info = loader.info(loaded.value());
          }
        });
  }

  @Override
  public void close() {
    alone(
        "closed",
        () -> {
          open = false;
          letGo();
        });
  }

  private void letGo() {
    if (lease != null) {
      lease.close();
      lease = null;
    }
  }

  private void alone(String what, Runnable work) {
    if (lifetime.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "the model %s cannot be %s by a request that it is answering; do it afterwards"
              .formatted(info.name(), what));
    }
    lifetime.writeLock().lock();
    try {
      work.run();
    } finally {
      lifetime.writeLock().unlock();
    }
    FreedMemory.giveBackSoon();
  }

  /** Throws if the hold was given up. */
  void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the model " + info.name() + " was closed");
    }
  }
}
