package io.sa2va.core.data;

import static io.sa2va.core.data.DataFolder.box;
import static io.sa2va.core.data.DataFolder.questions;
import static io.sa2va.core.data.DataFolder.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Sample;
import io.sa2va.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferringDatasetTest {
  private static final Mask LEFT = box(30, 20, 1, 1, 4, 3);
  private static final Mask RIGHT = box(30, 20, 20, 10, 29, 19);

  private static final String INSTANCES =
      """
      {"info": {"version": 1},
       "images": [{"id": 7, "file_name": "a.png", "height": 20, "width": 30},
                  {"id": 8, "file_name": "none.png", "height": 20, "width": 30}],
       "annotations": [
         {"id": 70, "image_id": 7, "segmentation": [[1, 1, 5, 1, 5, 4, 1, 4]]},
         {"id": 71, "image_id": 7,
          "segmentation": [[20, 10, 30, 10, 30, 20, 20, 20], [20, 10, 25, 10, 25, 15, 20, 15]]}]}
      """;

  private static final String REFS =
      """
      [{"ann_id": 70, "image_id": 7, "split": "train",
        "sentences": [{"raw": "Small ONE.", "sent": "x"}, {"sent": "tiny box"}]},
       {"ann_id": 70, "image_id": 7, "split": "val", "sentences": [{"raw": "hidden"}]},
       {"ann_id": [71], "image_id": 7, "split": "train", "sentences": [{"raw": "big one"}]},
       {"ann_id": [-1], "image_id": 7, "split": "train", "sentences": [{"raw": "no one"}]},
       {"ann_id": [71, 70], "image_id": 7, "split": "train", "sentences": [{"raw": "both"}]},
       {"ann_id": 70, "image_id": 8, "split": "train", "sentences": [{"raw": "lost"}]},
       {"split": "train", "sentences": []}]
      """;

  @TempDir Path temporary;
  private DataFolder data;

  @BeforeEach
  void writeData() {
    data = new DataFolder(temporary);
    data.picture("images/a.png", 30, 20, 90);
  }

  private ReferringDataset open(String instances, String refs, String split) {
    return new ReferringDataset(
        data.json("instances.json", instances),
        data.json("refs.json", refs),
        temporary.resolve("images"),
        split);
  }

  @Test
  void get_picture_asksForFiveObjectsEachWithItsMask() {
    ReferringDataset dataset = open(INSTANCES, REFS, "train");
    Set<String> phrases = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      Sample sample = sample(dataset, 0, seed);

      assertThat(sample.turns()).hasSize(5);
      assertThat(sample.frames()).hasSize(1);
      assertThat(questions(sample).get(0)).startsWith("<image>\n");
      for (int i = 0; i < 5; i++) {
        String question = questions(sample).get(i);
        assertThat(sample.turns().get(i).answer()).contains("[SEG]");
        String phrase =
            List.of("small one", "tiny box", "big one", "both").stream()
                .filter(question::contains)
                .findFirst()
                .orElseThrow();
        phrases.add(phrase);
        assertThat(sample.objects().get(i)).containsExactly(meant(phrase));
      }
    }
    assertThat(phrases).hasSize(4);
  }

  private static Mask meant(String phrase) {
    return switch (phrase) {
      case "big one" -> RIGHT;
      case "both" -> LEFT.union(RIGHT);
      default -> LEFT;
    };
  }

  @Test
  void get_sameRandom_isTheSame() {
    ReferringDataset dataset = open(INSTANCES, REFS, "train");

    assertThat(questions(sample(dataset, 0, 5))).isEqualTo(questions(sample(dataset, 0, 5)));
    assertThat(questions(sample(dataset, 0, 5))).isNotEqualTo(questions(sample(dataset, 0, 6)));
  }

  @Test
  void size_split_countsItsPictures() {
    assertThat(open(INSTANCES, REFS, "train").size()).isEqualTo(3);
    assertThat(open(INSTANCES, REFS, "val").size()).isOne();
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> open(INSTANCES, REFS, "test"))
        .withMessageContaining("test");
  }

  @Test
  void get_brokenRecord_namesFileAndNumber() {
    ReferringDataset dataset = open(INSTANCES, REFS, "train");

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 1, 0))
        .withMessageContainingAll("instances.json: record 1, file_name", "none.png");
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 2, 0))
        .withMessageContainingAll("refs.json: record 6", "image_id");
  }

  @Test
  void get_unknownAnnotation_namesIt() {
    ReferringDataset dataset =
        open(
            INSTANCES,
            "[{\"ann_id\": 5, \"image_id\": 7, \"split\": \"t\", \"sentences\": [{\"sent\": \"a\"}]}]",
            "t");

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 0, 0))
        .withMessageContainingAll("refs.json: record 0, ann_id", "no annotation 5");
  }
}
