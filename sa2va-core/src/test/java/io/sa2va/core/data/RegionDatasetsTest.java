package io.sa2va.core.data;

import static io.sa2va.core.data.DataFolder.box;
import static io.sa2va.core.data.DataFolder.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionDatasetsTest {
  /** A polygon, and an uncompressed code of columns 2 to 4 of rows 2 and 3. */
  private static final String ANNOTATION =
      """
      "annotation": [{"segmentation": [[1, 1, 5, 1, 5, 4, 1, 4]]},
                     {"segmentation": {"size": [6, 7], "counts": [14, 2, 4, 2, 4, 2, 14]}}]
      """;

  @TempDir Path temporary;
  private DataFolder data;

  @BeforeEach
  void writePicture() {
    data = new DataFolder(temporary);
    data.picture("val/a.png", 7, 6, 70);
  }

  private List<Path> folders() {
    return List.of(temporary.resolve("train"), temporary.resolve("val"));
  }

  private static void requireRegions(Sample sample) {
    assertThat(sample.regions()).containsExactly(box(7, 6, 1, 1, 4, 3), box(7, 6, 2, 2, 4, 3));
    assertThat(sample.frames()).hasSize(1);
    assertThat(sample.objects()).isEmpty();
  }

  private Path conversation() {
    return data.json(
        "osprey.json",
        """
        [{"file_name": "a.png", %s, "conversations": [
          {"from": "human", "value": "What is <region1> doing?"},
          {"from": "gpt", "value": "<region1> looks at <region2>."},
          {"from": "human", "value": "And <region2>?"}, {"from": "gpt", "value": "It sleeps."}]}]
        """
            .formatted(ANNOTATION));
  }

  @Test
  void conversation_ofRegions_namesThemWithoutBrackets() {
    Sample sample = sample(new RegionConversationDataset(conversation(), folders()), 0, 0);

    requireRegions(sample);
    assertThat(sample.turns())
        .containsExactly(
            new Turn("<image>\nWhat is region1 doing?", "region1 looks at region2."),
            new Turn("And region2?", "It sleeps."));
  }

  @Test
  void conversation_ofShortAnswers_asksForThem() {
    Sample sample =
        sample(RegionConversationDataset.ofShortAnswers(conversation(), folders()), 0, 0);

    assertThat(sample.turns().get(1).question())
        .isEqualTo("And region2? Answer the question using a single word or phrase.");
  }

  @ParameterizedTest
  @CsvSource({"description", "descriptions"})
  void description_ofRegions_asksForEach(String key) {
    Path file =
        data.json(
            "osprey.json",
            "[{\"file_name\": \"a.png\", %s, \"%s\": [\"<region1>: a cat\", \"a mat\"]}]"
                .formatted(ANNOTATION, key));

    Sample sample = sample(new RegionDescriptionDataset(file, folders()), 0, 0);

    requireRegions(sample);
    assertThat(sample.turns()).hasSize(2);
    assertThat(sample.turns().get(0).question()).startsWith("<image>\n").contains("region1");
    assertThat(sample.turns().get(0).answer()).isEqualTo("region1: a cat");
    assertThat(sample.turns().get(1).question()).contains("region2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"file_name\": \"b.png\", \"annotation\": []|b.png is in none of",
        "\"file_name\": \"a.png\", \"annotation\": []|has no regions",
        "\"file_name\": \"a.png\", \"annotation\": [{\"segmentation\": []}]|the region is empty",
        "\"file_name\": \"a.png\", \"annotation\": [{\"segmentation\": [[1, 2, 3, 4]]}]|three points",
        "\"file_name\": \"a.png\", \"annotation\": [{\"segmentation\": [[0, 0, 5, 0, 5, 5]]}],"
            + " \"description\": [\"a\", \"b\"]|2 descriptions of 1 regions",
        "\"file_name\": \"\\u0000\", \"annotation\": []|no name of a file",
      })
  void description_brokenRecord_namesFileAndNumber(String record, String message) {
    Path file = data.json("osprey.json", "[{}, {}, {" + record + "}]");
    RegionDescriptionDataset dataset = new RegionDescriptionDataset(file, folders());

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 2, 0))
        .withMessageContainingAll("osprey.json: record 2", message);
  }
}
