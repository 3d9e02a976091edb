package io.sa2va.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.scenes.SceneDataset;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinetuneDatasetTest {
  private static final String SQUARE = "[[[10,10,60,10,60,60,10,60]]]";

  @TempDir private Path folder;

  @BeforeEach
  void makePicture() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    new SceneGenerator(1, SceneOptions.ofSize(80, 64))
        .picture(0)
        .image()
        .writePng(images.resolve("a.png"));
  }

  private Dataset open(String annotations) throws IOException {
    Files.writeString(folder.resolve("annotations.json"), annotations);
    return Datasets.open(folder.toString(), 0);
  }

  private static String record(String image, String mask, String text) {
    return "{\"image\":%s,\"mask\":%s,\"text\":%s}".formatted(image, mask, text);
  }

  @Test
  void get_minimalRecord_asksForItsObject() throws IOException {
    Dataset data = open("[" + record("\"a.png\"", SQUARE, "[\"The Red Car.\"]") + "]");
    assertThat(data.size()).isEqualTo(1);
    Sample sample = data.get(0, new Random(3));
    assertThat(sample.turns()).hasSize(1);
    assertThat(sample.turns().get(0).question())
        .startsWith("<image>\n")
        .contains("the red car")
        .doesNotContain("car.  ");
    assertThat(sample.turns().get(0).answer()).containsOnlyOnce("[SEG]");
    assertThat(sample.objects().get(0).get(0).area()).isEqualTo(50 * 50);
  }

  @Test
  void get_otherRandomState_isWordedOtherwise() throws IOException {
    Dataset data = open("[" + record("\"a.png\"", SQUARE, "[\"car\"]") + "]");
    assertThat(new Random(1).ints(20).mapToObj(s -> data.get(0, new Random(s)).turns()).distinct())
        .hasSizeGreaterThan(5);
    assertThat(data.get(0, new Random(4)).turns()).isEqualTo(data.get(0, new Random(4)).turns());
  }

  @Test
  void get_scenesWrittenOut_haveTheirMasks() {
    SceneDataset.write(folder, 9, 3, 96);
    Dataset data = Datasets.open(folder.toString(), 0);
    assertThat(data.size()).isEqualTo(3);
    for (int i = 0; i < 3; i++) {
      Sample sample = data.get(i, new Random(i));
      assertThat(sample.turns()).hasSameSizeAs(sample.objects());
      assertThat(sample.frames().get(0).width()).isEqualTo(96);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"b.png\" | [[[1,1,9,1,9,9]]]           | [\"car\"] | b.png",
        "7         | [[[1,1,9,1,9,9]]]           | [\"car\"] | image",
        "\"a.png\" | []                          | []        | at least one",
        "\"a.png\" | [[[1,1,9,1,9,9]]]           | []        | as many phrases",
        "\"a.png\" | [[[1,1,9,1,9,9]]]           | [\" \"]   | is empty",
        "\"a.png\" | [[[1,1,9,1]]]               | [\"car\"] | three points",
        "\"a.png\" | [[[1,1,9,1,9,\"x\"]]]       | [\"car\"] | finite numbers",
        "\"a.png\" | [[[99,1,120,1,120,9]]]      | [\"car\"] | covers no pixel"
      })
  void get_brokenRecord_namesFileAndPosition(String image, String mask, String text, String says)
      throws IOException {
    Dataset data =
        open(
            "["
                + record("\"a.png\"", SQUARE, "[\"car\"]")
                + ",\n"
                + record(image, mask, text)
                + "]");
    assertThat(data.get(0, new Random(1)).objects()).hasSize(1);
    assertThatThrownBy(() -> data.get(1, new Random(1)))
        .isInstanceOf(BrokenRecordException.class)
        .hasMessageContaining(folder.resolve("annotations.json") + ": record 1")
        .hasMessageContaining(says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{} | a list", "[] | no records", "[{ | not JSON", "x | not JSON"})
  void open_noArrayOfRecords_isRefused(String json, String says) {
    assertThatThrownBy(() -> open(json))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("annotations.json")
        .hasMessageContaining(says);
  }

  @Test
  void open_noDataSet_isRefused() {
    assertThatThrownBy(() -> Datasets.open(folder.toString(), 0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("annotations.json");
    assertThatThrownBy(() -> Datasets.open("nowhere", 0))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("nowhere");
  }
}
