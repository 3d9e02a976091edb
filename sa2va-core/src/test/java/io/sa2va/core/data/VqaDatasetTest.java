package io.sa2va.core.data;

import static io.sa2va.core.data.DataFolder.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VqaDatasetTest {
  @TempDir Path temporary;
  private DataFolder data;

  @BeforeEach
  void writePicture() {
    data = new DataFolder(temporary);
    data.picture("images/coco/a.png", 6, 4, 50);
  }

  private VqaDataset open(String json) {
    return new VqaDataset(data.json("mix.json", json), temporary.resolve("images"));
  }

  @Test
  void get_conversations_areTurnsWithAndWithoutPicture() {
    VqaDataset dataset =
        open(
            """
            [{"image": "coco/a.png", "conversations": [
               {"from": "gpt", "value": "before"},
               {"from": "human", "value": "What is this?\\n<image>"}, {"from": "gpt", "value": "A cat."},
               {"from": "human", "value": "Is it "}, {"from": "human", "value": "old?"},
               {"from": "gpt", "value": "No."}, {"from": "human", "value": "Why?"}]},
             {"conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Ho"}]}]
            """);

    Sample pictured = sample(dataset, 0, 0);
    assertThat(pictured.turns())
        .containsExactly(
            new Turn("What is this?\n<image>", "A cat."), new Turn("Is it old?", "No."));
    assertThat(pictured.frames()).hasSize(1);
    assertThat(pictured.frames().get(0).width()).isEqualTo(6);
    assertThat(pictured.objects()).isEmpty();
    Sample words = sample(dataset, 1, 0);
    assertThat(words.turns()).containsExactly(new Turn("Hi", "Ho"));
    assertThat(words.frames()).isEmpty();
    assertThat(dataset.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"conversations\": []}|no question with an answer",
        "{\"conversations\": [{\"from\": \"me\", \"value\": \"x\"}]}|should be \"human\" or",
        "{\"image\": \"b.png\", \"conversations\": [{\"from\": \"human\", \"value\": \"x\"},"
            + " {\"from\": \"gpt\", \"value\": \"y\"}]}|b.png",
        "{\"conversations\": [{\"from\": \"human\", \"value\": \"<image>x\"},"
            + " {\"from\": \"gpt\", \"value\": \"y\"}]}|<image> stands in question 0",
        "{\"image\": \"x\"}|\"conversations\" is missing",
      })
  void get_brokenRecord_namesFileAndNumber(String record, String message) {
    VqaDataset dataset = open("[{}, " + record + "]");

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 1, 0))
        .withMessageContainingAll("mix.json: record 1", message);
  }
}
