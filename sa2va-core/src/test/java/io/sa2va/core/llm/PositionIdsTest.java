package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PositionIdsTest {
  @Test
  void text_words_countOnAllAxes() {
    PositionIds ids = PositionIds.text(3);
    assertThat(ids.count()).isEqualTo(3);
    for (int axis = 0; axis < 3; axis++) {
      assertThat(ids.axis(axis)).containsExactly(0, 1, 2);
    }
    assertThat(ids.following()).containsExactly(1, 2, 3);
  }

  @Test
  void picture_betweenWords_takesAsManyPlacesAsItsLongerSide() {
    PositionIds ids = new PositionIds.Builder().text(2).picture(2, 3).text(1).picture(2, 1).build();
    assertThat(ids.axis(0)).containsExactly(0, 1, 2, 2, 2, 2, 2, 2, 5, 6, 6);
    assertThat(ids.axis(1)).containsExactly(0, 1, 2, 2, 2, 3, 3, 3, 5, 6, 7);
    assertThat(ids.axis(2)).containsExactly(0, 1, 2, 3, 4, 2, 3, 4, 5, 6, 6);
    assertThat(ids.following()).containsExactly(1, 2, 3, 4, 5, 5, 5, 5, 6, 7, 8);
  }

  @Test
  void builder_manyWords_keepsAll() {
    assertThat(PositionIds.text(1000).axis(2)).hasSize(1000).endsWith(998, 999);
  }
}
