package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Cancellation;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long to wait before trying again. */
class RetryAfterTest {
  @Test
  void parse_seconds() {
    assertThat(RetryAfter.parse(" 17 ")).isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void parse_pastDate_isNoWait() {
    assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:28:00 GMT")).isEqualTo(Duration.ZERO);
  }

  @Test
  void parse_futureDate_isTheTimeUntilThen() {
    assertThat(RetryAfter.parse("Fri, 21 Oct 2095 07:28:00 GMT"))
        .isGreaterThan(Duration.ofDays(365));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5", "99999999999999999999"})
  void parse_anythingElse_isNone(String text) {
    assertThat(RetryAfter.parse(text)).isNull();
  }

  @Test
  void backoff_longerThanAnyoneWaits_fails() {
    assertThat(pausesUntilGivenUp(new TransientStatusException("busy", Duration.ofHours(1))))
        .isEmpty();
  }

  @Test
  void backoff_nobodyListens_givesUpSooner() {
    assertThat(pausesUntilGivenUp(new ConnectException("no connection")))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  private static List<Duration> pausesUntilGivenUp(IOException failure) {
    List<Duration> pauses = new ArrayList<>();
    Backoff backoff = new Backoff((time, stop) -> pauses.add(time));
    try {
      backoff.call(
          () -> {
            throw failure;
          },
          new Cancellation());
      throw new AssertionError("did not give up");
    } catch (IOException e) {
      assertThat(e).isSameAs(failure);
    }
    return pauses;
  }
}
