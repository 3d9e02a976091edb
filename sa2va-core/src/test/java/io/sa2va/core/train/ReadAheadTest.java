package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  private static final long BROKEN = 3;

  private final List<Long> read = new CopyOnWriteArrayList<>();
  private final CountDownLatch fourth = new CountDownLatch(4);

  /** Says its place; one is broken. */
  private Sample sample(long place) {
    read.add(place);
    fourth.countDown();
    if (place == BROKEN) {
      throw new BrokenRecordException("record " + place);
    }
    return named(place);
  }

  private static Sample named(long place) {
    return new Sample(List.of(), List.of(), List.of(new Turn("at " + place, "yes")), List.of());
  }

  private static String question(Sample sample) {
    return sample.turns().get(0).question();
  }

  @Test
  void get_firstPlace_readsTheNextOnesInTheBackground() throws InterruptedException {
    try (ReadAhead samples = new ReadAhead(this::sample, 10, 3)) {
      assertThat(question(samples.get(0))).isEqualTo("at 0");
      assertThat(fourth.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(read).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void get_brokenPlace_failsThereAndNotBefore() {
    try (ReadAhead samples = new ReadAhead(this::sample, 10, 3)) {
      for (long place = 0; place < BROKEN; place++) {
        assertThat(question(samples.get(place))).isEqualTo("at " + place);
      }
      assertThatThrownBy(() -> samples.get(BROKEN))
          .isInstanceOf(BrokenRecordException.class)
          .hasMessage("record 3");
      assertThat(question(samples.get(4))).isEqualTo("at 4");
    }
  }

  @Test
  void get_earlierPlaceAgain_isReadAgain() {
    try (ReadAhead samples = new ReadAhead(this::sample, 10, 2)) {
      samples.get(0);
      samples.get(1);
      assertThat(question(samples.get(0))).isEqualTo("at 0");
      assertThat(question(samples.get(1))).isEqualTo("at 1");
    }
    assertThat(read).startsWith(0L).filteredOn(place -> place == 0).hasSize(2);
  }

  @Test
  void get_lastPlace_readsNotBeyond() {
    try (ReadAhead samples = new ReadAhead(this::sample, 3, 5)) {
      samples.get(0);
      samples.get(1);
      samples.get(2);
    }
    assertThat(read).containsExactly(0L, 1L, 2L);
  }

  @Test
  void close_whileReading_endsTheThread() throws InterruptedException {
    Thread[] reader = new Thread[1];
    try (ReadAhead samples =
        new ReadAhead(
            place -> {
              reader[0] = Thread.currentThread();
              return named(place);
            },
            1000,
            500)) {
      samples.get(0);
    }
    assertThat(reader[0].isDaemon()).isTrue();
    reader[0].join(30_000);
    assertThat(reader[0].isAlive()).isFalse();
  }
}
