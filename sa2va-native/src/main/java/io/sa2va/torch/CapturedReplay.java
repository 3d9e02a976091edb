package io.sa2va.torch;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs work itself a few times, then records it, and from then on repeats the record. */
final class CapturedReplay implements Replay {
  private static final System.Logger LOG = System.getLogger(CapturedReplay.class.getName());

  /** The first run allocates and loads kernels; the second shows libraries a repeated shape. */
  static final int WARM_UPS = 2;

  /** Every reply would say the same. */
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final Runnable work;
  private final Capture capture;
  private int warmUps;
  private boolean refused;
  private Capture.@Nullable Graph graph;

  CapturedReplay(Runnable work, Capture capture) {
    this.work = work;
    this.capture = capture;
  }

  @Override
  public void run() {
    if (graph == null && !refused) {
      prepare();
      return;
    }
    if (graph != null) {
      graph.launch();
    } else {
      work.run();
    }
  }

  /** Runs once, and gets nearer to a graph. */
  private void prepare() {
    if (warmUps < WARM_UPS && warmUp()) {
      return;
    }
    if (!refused) {
      record();
    }
    run();
  }

  /** False where not even the stream to capture on can be had. */
  private boolean warmUp() {
    try {
      capture.warmUp(work);
      warmUps++;
      return true;
    } catch (LinkageError e) {
      refuse(e);
      return false;
    }
  }

  private void record() {
    try {
      graph = capture.record(work);
    } catch (RuntimeException | LinkageError e) {
      refuse(e);
    }
  }

  private void refuse(Throwable reason) {
    refused = true;
    boolean first = WARNED.compareAndSet(false, true);
    LOG.log(
        first ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
        () ->
            "no CUDA graph, which makes decoding slower and changes no answer; -D"
                + GRAPHS_PROPERTY
                + "=false stops this message: "
                + reason);
  }

  @Override
  public void close() {
    try (capture) {
      if (graph != null) {
        graph.close();
      }
    }
  }
}
