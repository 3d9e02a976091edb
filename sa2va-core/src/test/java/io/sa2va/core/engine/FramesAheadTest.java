package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.torch.Device;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FramesAheadTest {
  private static final int BROKEN = 5;
  private static final int ODD = 6;
  private final IllegalStateException failure = new IllegalStateException("on purpose");

  private final List<Integer> read = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private final List<Thread> preparers = new CopyOnWriteArrayList<>();
  private TensorScope scope;
  private long before;

  @BeforeEach
  void open() {
    scope = TensorScope.open();
    before = NativeMemory.liveObjects();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  @Test
  void take_inOrder_readsOneAheadHereAndPreparesItElsewhere() {
    try (FramesAhead frames = frames()) {
      assertThat(value(frames, 0, 1)).isEqualTo(0);
      assertThat(read).containsExactly(0, 1);
      assertThat(value(frames, 1, 2)).isEqualTo(1);
      assertThat(value(frames, 2, -1)).isEqualTo(2);
    }
    assertThat(read).containsExactly(0, 1, 2);
    assertThat(readers).containsOnly(Thread.currentThread());
    assertThat(preparers.get(0)).isSameAs(Thread.currentThread());
    assertThat(preparers.subList(1, 3)).doesNotContain(Thread.currentThread());
  }

  @Test
  void take_anotherThanTheOneAhead_isThatOne() {
    try (FramesAhead frames = frames()) {
      assertThat(value(frames, 0, 1)).isEqualTo(0);
      assertThat(value(frames, 3, 4)).isEqualTo(3);
      assertThat(value(frames, 4, -1)).isEqualTo(4);
    }
  }

  @Test
  void take_unreadableAhead_failsAtItsOwnFrame() {
    try (FramesAhead frames = frames()) {
      assertThat(value(frames, 4, BROKEN)).isEqualTo(4);
      assertThatThrownBy(() -> value(frames, BROKEN, 6)).isSameAs(failure);
      assertThat(value(frames, 3, -1)).isEqualTo(3);
    }
  }

  @Test
  void take_cannotBePreparedAhead_failsAtItsOwnFrame() {
    try (FramesAhead frames = frames()) {
      assertThat(value(frames, 4, ODD)).isEqualTo(4);
      assertThatThrownBy(() -> value(frames, ODD, 7)).isSameAs(failure);
    }
  }

  @Test
  void close_framesAhead_freesThemAndEndsTheThread() throws InterruptedException {
    try (FramesAhead frames = frames();
        FramesAhead broken = frames()) {
      value(frames, 0, 1);
      value(frames, 1, 2);
      value(broken, 4, BROKEN);
    }
    try (FramesAhead odd = frames()) {
      value(odd, 4, ODD);
    }
    scope.close();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    for (Thread preparer : preparers) {
      if (preparer != Thread.currentThread()) {
        preparer.join(10_000);
        assertThat(preparer.isAlive()).isFalse();
      }
    }
  }

  private FramesAhead frames() {
    return new FramesAhead(this::read, this::prepare);
  }

  private RgbPixels read(int frame) {
    read.add(frame);
    readers.add(Thread.currentThread());
    if (frame == BROKEN) {
      throw failure;
    }
    return RgbPixels.of(1, 1, new byte[] {(byte) frame, 0, 0});
  }

  private Upload prepare(RgbPixels pixels) {
    preparers.add(Thread.currentThread());
    if (pixels.sample(0, 0, 0) == ODD) {
      throw failure;
    }
    return Upload.start(new float[] {pixels.sample(0, 0, 0)}, Device.CPU, 1);
  }

  private static double value(FramesAhead frames, int frame, int next) {
    try (TensorScope turn = TensorScope.open();
        Upload upload = frames.take(frame)) {
      if (next >= 0) {
        frames.begin(next);
      }
      return upload.tensor().item();
    }
  }
}
