package io.sa2va.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a GPU is asked for, in which order, on a machine without one. */
class ReplayTest {
  private final List<String> log = new ArrayList<>();

  @Test
  void of_cpu_runsTheWorkEachTime() {
    try (Replay replay = Replay.of(Device.CPU, () -> log.add("work"))) {
      replay.run();
      replay.run();
      replay.run();
      replay.run();
    }
    assertThat(log).containsExactly("work", "work", "work", "work");
  }

  @Test
  void run_captured_warmsUpTwiceThenRecordsOnceAndLaunches() {
    try (Replay replay = new CapturedReplay(() -> log.add("work"), new Recorder(""))) {
      for (int i = 0; i < 5; i++) {
        replay.run();
      }
    }
    assertThat(log)
        .containsExactly(
            "warm up",
            "work",
            "warm up",
            "work",
            "record",
            "work",
            "launch",
            "launch",
            "launch",
            "close graph",
            "close");
  }

  @Test
  void run_recordingFails_goesOnWithoutAndDoesNotTryAgain() {
    try (Replay replay = new CapturedReplay(() -> log.add("work"), new Recorder("record"))) {
      for (int i = 0; i < 4; i++) {
        replay.run();
      }
    }
    assertThat(log)
        .containsExactly("warm up", "work", "warm up", "work", "record", "work", "work", "close");
  }

  @Test
  void run_librariesMissing_runsTheWorkAsManyTimes() {
    try (Replay replay = new CapturedReplay(() -> log.add("work"), new Recorder("warm up"))) {
      replay.run();
      replay.run();
      replay.run();
    }
    assertThat(log).containsExactly("warm up", "work", "work", "work", "close");
  }

  @Test
  void close_graphThatCannotBeFreed_freesTheRest() {
    Replay replay = new CapturedReplay(() -> log.add("work"), new Recorder("close graph"));
    replay.run();
    replay.run();
    replay.run();
    assertThatThrownBy(replay::close).hasMessage("CUDA: an illegal memory access");
    assertThat(log).endsWith("close graph", "close");
  }

  @Test
  void run_workFails_saysSo() {
    Runnable work =
        () -> {
          throw new IllegalArgumentException("bad work");
        };
    try (Replay replay = new CapturedReplay(work, new Recorder(""))) {
      assertThatThrownBy(replay::run).hasMessage("bad work");
    }
  }

  @Test
  void run_gpuWithoutItsLibraries_runsTheWorkAsManyTimes() {
    try (Replay replay = Replay.of(Device.cuda(0), () -> log.add("work"))) {
      replay.run();
      replay.run();
      replay.run();
    }
    assertThat(log).containsExactly("work", "work", "work");
  }

  @Test
  void await_afterBegin_isTheNumberAsItWasThen() {
    try (TensorScope scope = TensorScope.open();
        Readback readback = new Readback(Device.CPU)) {
      Tensor number = Tensors.of(new long[] {1L << 40}, 1);
      readback.begin(number);
      number.fillInPlace(3);
      assertThat(readback.await()).isEqualTo(1L << 40);
      readback.begin(number);
      assertThat(readback.await()).isEqualTo(3);
    }
  }

  private final class Recorder implements Capture {
    private final String failing;

    Recorder(String failing) {
      this.failing = failing;
    }

    @Override
    public void warmUp(Runnable work) {
      log.add("warm up");
      if (failing.equals("warm up")) {
        throw new NoClassDefFoundError("org/bytedeco/cuda/global/cudart");
      }
      work.run();
    }

    @Override
    public Graph record(Runnable work) {
      log.add("record");
      if (failing.equals("record")) {
        throw new TorchException("operation not permitted when stream is capturing");
      }
      work.run();
      return new Graph() {
        @Override
        public void launch() {
          log.add("launch");
        }

        @Override
        public void close() {
          log.add("close graph");
          if (failing.equals("close graph")) {
            throw new TorchException("CUDA: an illegal memory access");
          }
        }
      };
    }

    @Override
    public void close() {
      log.add("close");
    }
  }
}
