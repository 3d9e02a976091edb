package io.sa2va.torch.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFillerTest {
  /** In bfloat16 two whole pieces and some of a third. */
  private static final long ROWS = 2 * PieceBuffer.BYTES / 2 / 1024 + 7;

  private static final long COLUMNS = 1024;

  @TempDir private Path folder;

  @BeforeEach
  void writeWeights() {
    try (TensorScope scope = TensorScope.open()) {
      SafetensorsWriter.write(
          folder.resolve("model.safetensors"),
          Map.of(
              "large", Tensors.randn(DType.BFLOAT16, Device.CPU, ROWS, COLUMNS),
              "exact", Tensors.randn(DType.FLOAT32, Device.CPU, 5, 3),
              "half", Tensors.randn(DType.FLOAT16, Device.CPU, 2, 3),
              "none", Tensors.empty(DType.BFLOAT16, Device.CPU, 0, 3)),
          Map.of());
    }
  }

  private SafetensorsWeights source() {
    return SafetensorsWeights.open(CheckpointFiles.in(folder));
  }

  private WeightStore parallel(WeightSource source, Runnable checkpoint) {
    return new WeightStore(source, Device.CPU, DType.FLOAT32, new WeightFiller(3, checkpoint));
  }

  @Test
  void getLater_weightOfSeveralPieces_isAllThere() {
    try (WeightStore later = parallel(source(), () -> {});
        WeightStore atOnce = new WeightStore(source(), Device.CPU, DType.FLOAT32)) {
      Tensor large = later.root().getLater("large", ROWS, COLUMNS);
      Tensor none = later.root().getLater("none", 0, 3);
      later.awaitFilled();
      assertThat(large.toFloatArray())
          .isEqualTo(atOnce.root().getLater("large", ROWS, COLUMNS).toFloatArray());
      assertThat(none.shape()).containsExactly(0, 3);
      assertThat(later.bytes()).isEqualTo(ROWS * COLUMNS * 4);
      assertThat(later.parameters()).isEqualTo(ROWS * COLUMNS);
    }
  }

  @Test
  void getStacked_differentTypes_areBelowEachOther() {
    try (WeightStore later = parallel(source(), () -> {});
        WeightStore atOnce = new WeightStore(source(), Device.CPU, DType.FLOAT32)) {
      Tensor stack = later.root().getStacked(List.of("exact", "half"), List.of(5L, 2L), 3);
      later.awaitFilled();
      assertThat(stack.toFloatArray())
          .isEqualTo(
              atOnce
                  .root()
                  .getStacked(List.of("exact", "half"), List.of(5L, 2L), 3)
                  .toFloatArray());
    }
  }

  @Test
  void getLater_storedTypeIsTheWantedOne_isAViewAtOnce() {
    try (WeightStore store = parallel(new Unreadable(source()), () -> {})) {
      assertThat(store.root().getLater("exact", 5, 3).toFloatArray()).hasSize(15);
      store.awaitFilled();
    }
  }

  @Test
  void awaitFilled_unreadable_saysWhich_andAllIsFreed() {
    long before = NativeMemory.liveObjects();
    try (WeightStore store = parallel(new Unreadable(source()), () -> {})) {
      store.root().getLater("large", ROWS, COLUMNS);
      assertThatThrownBy(store::awaitFilled)
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("cannot read \"large\"");
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void checkpoint_throws_endsTheLoading_andAllIsFreed() {
    long before = NativeMemory.liveObjects();
    AtomicBoolean unwanted = new AtomicBoolean();
    IllegalStateException end = new IllegalStateException("on purpose");
    try (WeightStore store = parallel(source(), () -> throwIf(unwanted.get(), end))) {
      store.root().getLater("large", ROWS, COLUMNS);
      unwanted.set(true);
      assertThatThrownBy(() -> store.root().get("exact", 5, 3)).isSameAs(end);
      assertThatThrownBy(() -> store.root().getLater("half", 2, 3)).isSameAs(end);
      assertThatThrownBy(store::awaitFilled).isSameAs(end);
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void close_withoutWaiting_stopsTheThreadsAndFreesAll() {
    long before = NativeMemory.liveObjects();
    parallelFilling().close();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("sa2va-weights"));
  }

  private WeightStore parallelFilling() {
    WeightStore store = parallel(source(), () -> {});
    store.root().getLater("large", ROWS, COLUMNS);
    return store;
  }

  @Test
  void pieces_areReadAtTheSameTime() {
    CyclicBarrier bothRead = new CyclicBarrier(2);
    try (WeightStore store =
        new WeightStore(
            new Meeting(source(), bothRead),
            Device.CPU,
            DType.FLOAT32,
            new WeightFiller(2, () -> {}))) {
      store.root().getStacked(List.of("half", "half"), List.of(2L, 2L), 3);
      store.awaitFilled();
    }
    assertThat(bothRead.isBroken()).isFalse();
  }

  private static void throwIf(boolean wanted, RuntimeException failure) {
    if (wanted) {
      throw failure;
    }
  }

  /** A source whose data cannot be read. */
  private static class Unreadable implements WeightSource {
    private final WeightSource source;

    Unreadable(WeightSource source) {
      this.source = source;
    }

    @Override
    public Set<String> names() {
      return source.names();
    }

    @Override
    public boolean has(String name) {
      return source.has(name);
    }

    @Override
    public Tensor view(String name, long... shape) {
      return source.view(name, shape);
    }

    @Override
    public Tensor read(String name, long... shape) {
      return source.read(name, shape);
    }

    @Override
    public void readPart(String name, long from, ByteBuffer into) {
      throw new WeightException("cannot read \"" + name + "\"");
    }

    @Override
    public void close() {
      source.close();
    }
  }

  /** A source that reads only when two threads read. */
  private static final class Meeting extends Unreadable {
    private final WeightSource source;
    private final CyclicBarrier barrier;

    Meeting(WeightSource source, CyclicBarrier barrier) {
      super(source);
      this.source = source;
      this.barrier = barrier;
    }

    @Override
    public void readPart(String name, long from, ByteBuffer into) {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
      source.readPart(name, from, into);
    }
  }
}
