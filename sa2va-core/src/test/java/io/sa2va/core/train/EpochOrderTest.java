package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochOrderTest {
  private static List<Long> epoch(EpochOrder order, long size, long number) {
    return LongStream.range(number * size, (number + 1) * size)
        .map(order::recordAt)
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 16, 17, 1000, 4097})
  void recordAt_anEpoch_hasEveryRecordOnce(long size) {
    EpochOrder order = new EpochOrder(7, size);
    List<Long> all = LongStream.range(0, size).boxed().toList();
    for (long number = 0; number < 3; number++) {
      assertThat(epoch(order, size, number)).containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void recordAt_otherEpochOrSeed_isAnotherOrder() {
    List<Long> first = epoch(new EpochOrder(7, 100), 100, 0);
    assertThat(epoch(new EpochOrder(7, 100), 100, 0)).isEqualTo(first);
    assertThat(epoch(new EpochOrder(7, 100), 100, 1)).isNotEqualTo(first);
    assertThat(epoch(new EpochOrder(8, 100), 100, 0)).isNotEqualTo(first);
  }

  @Test
  void recordAt_hugeSet_staysInside() {
    EpochOrder order = new EpochOrder(7, 1L << 61);
    assertThat(order.recordAt(5)).isBetween(0L, (1L << 61) - 1);
  }
}
