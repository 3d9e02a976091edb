package io.sa2va.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
  private static final int DRAWS = 16_000;

  private final Random random = new Random(8);

  @Test
  void question_manyDraws_givesSixTwiceAsOftenAsFour() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(SegmentationWording.question("$1 %s", random), 1, Integer::sum);
    }

    assertThat(counts).hasSize(10);
    assertThat(counts.keySet()).allMatch(question -> question.contains("$1 %s"));
    assertThat(counts.values()).filteredOn(count -> count > 1_500).hasSize(6);
    assertThat(counts.values()).filteredOn(count -> count > 800 && count < 1_200).hasSize(4);
    assertThat(counts).containsKey("What is $1 %s in this image? Please output segmentation mask?");
  }

  @Test
  void draws_ofTheOtherLists_giveAll() {
    Set<String> answers = new HashSet<>();
    Set<String> descriptions = new HashSet<>();
    Set<String> regions = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(SegmentationWording.answer(random));
      descriptions.add(DescriptionWording.question(random));
      regions.add(RegionWording.question(2, random));
    }

    assertThat(answers).hasSize(5).allMatch(answer -> answer.endsWith("[SEG]."));
    assertThat(descriptions)
        .hasSize(6)
        .allMatch(text -> text.contains(" interleaved segmentation"));
    assertThat(regions).hasSize(18).allMatch(text -> text.contains("region2"));
  }

  @ParameterizedTest
  @CsvSource({"The LADY.,the lady", "' a cat.. ',a cat.", "No. 5,no. 5"})
  void phrase_sentence_isSmallWithoutOneDot(String text, String phrase) {
    assertThat(SegmentationWording.phrase(text)).isEqualTo(phrase);
  }
}
