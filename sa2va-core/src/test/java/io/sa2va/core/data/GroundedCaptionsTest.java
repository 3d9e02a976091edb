package io.sa2va.core.data;

import static io.sa2va.core.data.DataFolder.box;
import static io.sa2va.core.data.DataFolder.code;
import static io.sa2va.core.data.DataFolder.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Sample;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroundedCaptionsTest {
  private static final Mask MAN = box(40, 36, 2, 2, 9, 20);
  private static final Mask HAT = box(40, 36, 3, 0, 8, 3);
  private static final Mask DOG = box(40, 36, 20, 12, 39, 35);

  @TempDir Path temporary;
  private DataFolder data;

  @BeforeEach
  void writePicture() {
    data = new DataFolder(temporary);
    data.picture("images/a.png", 40, 36, 70);
  }

  private Path images() {
    return temporary.resolve("images");
  }

  private static void requireQuestion(Sample sample) {
    assertThat(sample.turns()).hasSize(1);
    assertThat(sample.turns().get(0).question()).matches("(?s)<image>\n.*interleaved seg.*");
  }

  @Test
  void grandf_captionWithSpans_marksThemInOrder() {
    GroundedCaptionDataset dataset =
        new GroundedCaptionDataset(
            data.json(
                "grandf.json",
                """
                [{"file_name": "a.png", "caption": "\\"A 😀 man walks a dog in a hat.\\"",
                  "groundings": {
                    "a dog": {"token_positives": [14, 19], "rle_masks": [%s]},
                    "nothing": null,
                    "A 😀 man": {"token_positives": [0, 7], "rle_masks": [%s, %s]},
                    "man walks": {"token_positives": [4, 13], "rle_masks": [%s]}}}]
                """
                    .formatted(code(DOG), code(MAN), code(HAT), code(DOG))),
            images());

    Sample sample = sample(dataset, 0, 1);

    requireQuestion(sample);
    assertThat(sample.turns().get(0).answer())
        .isEqualTo("<p> A 😀 man </p> [SEG] walks <p> a dog </p> [SEG] in a hat.");
    assertThat(sample.objects().get(0)).containsExactly(MAN.union(HAT));
    assertThat(sample.objects().get(1)).containsExactly(DOG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\": null}|no part of the caption",
        "{\"x\": {\"token_positives\": [3, 2], \"rle_masks\": []}}|no part of a caption of 5",
        "{\"x\": {\"token_positives\": [0, 2], \"rle_masks\":"
            + " [{\"size\": [2, 2], \"counts\": \"4\"}]}}|2x2 pixels does not fit",
        "{\"x\": {\"token_positives\": [0, 2], \"rle_masks\":"
            + " [{\"size\": [36, 40], \"counts\": \"4\"}]}}|1440 pixels",
        "{\"x\": {\"token_positives\": [0, 2]}}|\"rle_masks\" is missing",
      })
  void grandf_brokenRecord_namesFileAndNumber(String groundings, String message) {
    GroundedCaptionDataset dataset =
        new GroundedCaptionDataset(
            data.json(
                "grandf.json",
                "[{\"file_name\": \"a.png\", \"caption\": \"A man\", \"groundings\": "
                    + groundings
                    + "}]"),
            images());

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 0, 0))
        .withMessageContainingAll("grandf.json: record 0", message);
  }

  @Test
  void refCocog_sentencesInTheCaption_areMarkedInLowerCase() {
    RefCocogCaptionDataset dataset =
        new RefCocogCaptionDataset(
            data.json(
                "refcocog.json",
                """
                [{"55": {"img_file_name": "a.png", "caption": "The Dog near the Man",
                  "refs": [{"sentence": "The man", "segmentation": [[2, 2, 10, 2, 10, 21, 2, 21]]},
                           {"sentence": "a cat", "segmentation": [[1, 1, 5, 1, 5, 4]]},
                           {"sentence": "the dog", "segmentation": [[20, 12, 40, 12, 40, 36, 20, 36]]}]}}]
                """),
            images());

    Sample sample = sample(dataset, 0, 2);

    requireQuestion(sample);
    assertThat(sample.turns().get(0).answer())
        .isEqualTo("<p> the dog </p> [SEG] near <p> the man </p> [SEG]");
    assertThat(sample.objects()).hasSize(2);
    assertThat(sample.objects().get(0)).containsExactly(DOG);
    assertThat(sample.objects().get(1)).containsExactly(MAN);
  }

  @Test
  void flickr_cocoForm_leavesOutWhatDoesNotCount() {
    String annotation =
        "{\"id\": %d, \"image_id\": %d, \"bbox\": %s, \"area\": %d, \"ignore\": %d,"
            + " \"tokens_positive\": [[%d, %d]], \"sam_mask\": %s}";
    FlickrCaptionDataset dataset =
        new FlickrCaptionDataset(
            data.json(
                "flickr.json",
                """
                {"images": [
                  {"id": 1, "file_name": "x.png", "caption": "two words", "width": 40, "height": 36},
                  {"id": 2, "file_name": "x.png", "caption": "small as it is", "width": 31, "height": 36},
                  {"id": 3, "file_name": "a.png", "caption": "A dog, a man, a hat", "width": 40, "height": 36},
                  {"id": 4, "file_name": "a.png", "width": 40, "height": 36}],
                 "annotations": [
                """
                    + String.join(
                        ",",
                        annotation.formatted(1, 3, "[2, 2, 8, 19]", 9, 0, 7, 12, code(MAN)),
                        annotation.formatted(2, 3, "[20, 12, 20, 24]", 9, 0, 0, 5, code(DOG)),
                        annotation.formatted(3, 3, "[3, 0, 6, 4]", 9, 1, 14, 19, code(HAT)),
                        annotation.formatted(4, 3, "[40, 0, 6, 4]", 9, 0, 14, 19, code(HAT)),
                        annotation.formatted(5, 3, "[3, 0, 6, 4]", 0, 0, 14, 19, code(HAT)),
                        annotation.formatted(6, 3, "[3, 0, 0.5, 4]", 9, 0, 14, 19, code(HAT)))
                    + "]}"),
            images());

    assertThat(dataset.size()).isEqualTo(2);
    Sample sample = sample(dataset, 0, 3);
    requireQuestion(sample);
    assertThat(sample.turns().get(0).answer())
        .isEqualTo("<p> A dog </p> [SEG], <p> a man </p> [SEG], a hat");
    assertThat(sample.objects().get(1)).containsExactly(MAN);
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 1, 0))
        .withMessageContainingAll("flickr.json: record 3", "caption");
  }
}
