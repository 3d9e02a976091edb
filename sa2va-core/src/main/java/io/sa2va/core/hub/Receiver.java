package io.sa2va.core.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Takes in the body of one answer, and can be stopped at any moment: after {@link #stop()} has
 * returned, nothing more is handed to the sink.
 */
final class Receiver implements BodyHandler<byte[]>, BodySubscriber<byte[]> {
  /** Where the bytes of a body go. */
  interface Sink {
    /**
     * Takes bytes.
     *
     * @return false when it wants no more of them
     */
    boolean take(ByteBuffer bytes) throws IOException;

    /** What it kept in memory, if anything. */
    default byte[] kept() {
      return new byte[0];
    }
  }

  /** Chooses the sink by status and headers. */
  interface SinkChoice {
    Sink choose(ResponseInfo info) throws IOException;
  }

  private final SinkChoice choice;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private @Nullable Sink sink;
  private Flow.@Nullable Subscription subscription;
  private volatile long lastSign = System.nanoTime();

  Receiver(SinkChoice choice) {
    this.choice = choice;
  }

  /** Keeps a body in memory, up to a size; more of it is an error. */
  static Sink collector(int maxBytes) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    return new Sink() {
      @Override
      public boolean take(ByteBuffer bytes) throws IOException {
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        if (kept.size() + chunk.length > maxBytes) {
          throw new IOException("the answer is longer than " + maxBytes + " bytes");
        }
        kept.write(chunk);
        return true;
      }

      @Override
      public byte[] kept() {
        return kept.toByteArray();
      }
    };
  }

  /** Nanoseconds since something was last heard of the server. */
  long silence() {
    return System.nanoTime() - lastSign;
  }

  /** Lets go of the connection. */
  synchronized void stop() {
    end(new CancellationException());
  }

  @Override
  public synchronized BodySubscriber<byte[]> apply(ResponseInfo info) {
    lastSign = System.nanoTime();
    try {
      sink = choice.choose(info);
    } catch (IOException | RuntimeException e) {
      body.completeExceptionally(e);
    }
    return this;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (body.isDone()) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    lastSign = System.nanoTime();
    if (body.isDone() || sink == null || subscription == null) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        if (!sink.take(buffer)) {
          body.complete(sink.kept());
          subscription.cancel();
          return;
        }
      }
      subscription.request(1);
    } catch (IOException | RuntimeException e) {
      end(e);
    }
  }

  @Override
  public synchronized void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public synchronized void onComplete() {
    body.complete(sink == null ? new byte[0] : sink.kept());
  }

  private void end(Throwable failure) {
    body.completeExceptionally(failure);
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
