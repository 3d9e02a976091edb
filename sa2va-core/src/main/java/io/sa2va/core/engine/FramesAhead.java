package io.sa2va.core.engine;

import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Upload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a video that are prepared while the one before is computed: at most one ahead, on one
 * thread. Frames are read by the thread that asks, as {@link io.sa2va.Video} promises.
 *
 * <p>For one thread at a time.
 */
final class FramesAhead implements AutoCloseable {
  private final IntFunction<RgbPixels> reader;
  private final Function<RgbPixels, Upload> preparation;
  private Optional<Ahead> ahead = Optional.empty();
  private Optional<ExecutorService> thread = Optional.empty();

  private record Ahead(int frame, CompletableFuture<Upload> prepared) {}

  FramesAhead(IntFunction<RgbPixels> reader, Function<RgbPixels, Upload> preparation) {
    this.reader = reader;
    this.preparation = preparation;
  }

  /**
   * A frame; what fails about it fails here, and not where it was begun.
   *
   * @return to be closed by the caller
   */
  Upload take(int frame) {
    if (!holds(frame)) {
      drop();
      return preparation.apply(reader.apply(frame));
    }
    CompletableFuture<Upload> prepared = ahead.orElseThrow().prepared();
    ahead = Optional.empty();
    try {
      return prepared.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Reads a frame and lets it be prepared, in place of another that was begun. */
  void begin(int frame) {
    drop();
    ahead = Optional.of(new Ahead(frame, preparing(frame)));
  }

  /** Whether a frame was begun and not yet taken. */
  boolean holds(int frame) {
    return ahead.isPresent() && ahead.get().frame() == frame;
  }

  private CompletableFuture<Upload> preparing(int frame) {
    RgbPixels pixels;
    try {
      pixels = reader.apply(frame);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return CompletableFuture.supplyAsync(() -> prepare(pixels), thread());
  }

  private Upload prepare(RgbPixels pixels) {
    try (Inference inference = Inference.begin()) {
      return preparation.apply(pixels);
    }
  }

  private ExecutorService thread() {
    if (thread.isEmpty()) {
      thread = Optional.of(Executors.newSingleThreadExecutor(FramesAhead::daemon));
    }
    return thread.get();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sa2va-frames");
    thread.setDaemon(true);
    return thread;
  }

  /** Gives up the frame that was prepared ahead, once it is done. */
  void drop() {
    Optional<Ahead> last = ahead;
    ahead = Optional.empty();
    last.ifPresent(
        given ->
            given
                .prepared()
                .handle((upload, failure) -> upload)
                .thenAccept(FramesAhead::closeIfMade)
                .join());
  }

  private static void closeIfMade(@Nullable Upload upload) {
    if (upload != null) {
      upload.close();
    }
  }

  @Override
  public void close() {
    try {
      drop();
    } finally {
      thread.ifPresent(ExecutorService::shutdown);
      thread = Optional.empty();
    }
  }
}
