package io.sa2va.core.data;

import static io.sa2va.core.data.DataFolder.box;
import static io.sa2va.core.data.DataFolder.code;
import static io.sa2va.core.data.DataFolder.frameNumber;
import static io.sa2va.core.data.DataFolder.questions;
import static io.sa2va.core.data.DataFolder.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoDatasetsTest {
  private static final int FRAMES = 9;
  private static final int WIDTH = 32;
  private static final int HEIGHT = 16;

  @TempDir Path temporary;
  private DataFolder data;

  @BeforeEach
  void openFolder() {
    data = new DataFolder(temporary);
  }

  /** Row {@code frame} of the left or the right half; the right one is not there on frame 4. */
  private static Mask mask(boolean left, int frame) {
    return left
        ? box(WIDTH, HEIGHT, 0, frame, 15, frame)
        : frame == 4 ? Mask.empty(WIDTH, HEIGHT) : box(WIDTH, HEIGHT, 16, frame, 31, frame);
  }

  private static String track(boolean left) {
    return IntStream.range(0, FRAMES)
        .mapToObj(frame -> mask(left, frame))
        .map(mask -> mask.isEmpty() ? "null" : code(mask))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** Frames in reverse order in the file. */
  private static String frames() {
    return IntStream.range(0, FRAMES)
        .mapToObj(frame -> "\"%05d\"".formatted(FRAMES - 1 - frame))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private void writeFrames(String video) {
    for (int frame = 0; frame < FRAMES; frame++) {
      data.picture("frames/%s/%05d.jpg".formatted(video, frame), WIDTH, HEIGHT, 10 + 7 * frame);
    }
  }

  private ReferringVideoDataset mevis(String expressions) {
    return new ReferringVideoDataset(
        data.json(
            "meta_expressions.json",
            "{\"videos\": {\"a/b\": {\"frames\": %s, \"expressions\": %s}}}"
                .formatted(frames(), expressions)),
        data.json(
            "mask_dict.json",
            "{\"4\": %s, \"7\": %s, \"8\": []}".formatted(track(true), track(false))),
        temporary.resolve("frames"));
  }

  @Test
  void mevis_expressions_haveTheMasksOfTheirAnnotations() {
    writeFrames("a/b");
    ReferringVideoDataset dataset =
        mevis(
            """
            {"0": {"exp": "The Left. one ", "anno_id": [4]}, "1": {"exp": "both", "anno_id": [7, 4]},
             "2": {"exp": "What vanishes?", "anno_id": ["7"]}, "3": {"exp": "none", "anno_id": []}}
            """);
    Set<String> asked = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      Sample sample = sample(dataset, 0, seed);
      List<Integer> frames = sample.frames().stream().map(DataFolder::frameNumber).toList();

      assertThat(frames).hasSize(5).isSorted().doesNotHaveDuplicates();
      assertThat(questions(sample)).hasSize(5);
      assertThat(questions(sample).get(0)).startsWith("<image>\n");
      for (int i = 0; i < 5; i++) {
        String question = questions(sample).get(i).replace("<image>\n", "");
        for (int f = 0; f < 5; f++) {
          assertThat(sample.objects().get(i).get(f)).isEqualTo(meant(question, frames.get(f)));
        }
        asked.add(question.equals("What vanishes?") ? question : "");
      }
    }
    assertThat(asked).hasSize(2);
  }

  private static Mask meant(String question, int frame) {
    if (question.contains("the left one")) {
      return mask(true, frame);
    }
    if (question.contains("both")) {
      return mask(true, frame).union(mask(false, frame));
    }
    return question.equals("What vanishes?") ? mask(false, frame) : Mask.empty(WIDTH, HEIGHT);
  }

  @Test
  void mevis_brokenRecord_namesFileAndNumber() {
    writeFrames("a/b");

    requireBroken(mevis("{\"0\": {\"exp\": \"x\", \"anno_id\": [5]}}"), "has no annotation 5");
    requireBroken(mevis("{\"0\": {\"exp\": \"x\", \"anno_id\": [8]}}"), "has 0 frames, but");
    requireBroken(mevis("{}"), "no expressions");
  }

  private static void requireBroken(Dataset dataset, String message) {
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(dataset, 0, 0))
        .withMessageContainingAll("meta_expressions.json: record 0 (\"a/b\")", message);
  }

  @Test
  void mevis_missingFrame_isNamed() {
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(mevis("{\"0\": {\"exp\": \"x\", \"anno_id\": [4]}}"), 0, 0))
        .withMessageContaining(".jpg");
  }

  /** Expressions are numbered through the file: z has 0 and 1 (named 0 and 10), a has 3 (2). */
  @Test
  void numberedExpressions_haveTheMaskOfTheirNumber() {
    writeFrames("z");
    writeFrames("a");
    ReferringVideoDataset dataset =
        ReferringVideoDataset.ofNumberedExpressions(
            data.json(
                "meta.json",
                """
                {"videos": {"z": {"frames": %s, "expressions": {
                    "2": {"exp": "second"}, "0": {"exp": "zero"}, "10": {"exp": "tenth"}}},
                  "a": {"frames": %s, "expressions": {"0": {"exp": "other"}}}}}
                """
                    .formatted(frames(), frames())),
            data.json(
                "mask_dict.json",
                "{\"0\": %s, \"1\": %s, \"2\": %s, \"3\": %s}"
                    .formatted(track(true), track(false), track(true), track(false))),
            temporary.resolve("frames"));

    for (int seed = 0; seed < 8; seed++) {
      for (int video = 0; video < 2; video++) {
        Sample sample = sample(dataset, video, seed);
        for (int i = 0; i < 5; i++) {
          boolean left = !questions(sample).get(i).matches("(?s).*(tenth|other).*");
          int frame = frameNumber(sample.frames().get(0));
          assertThat(sample.objects().get(i).get(0)).isEqualTo(mask(left, frame));
        }
      }
    }
  }

  private RefSavDataset refSav(int videoFrames, String object) {
    data.json("sav_train/sav_000/x", "");
    data.video("sav_train/sav_000/v.mp4", WIDTH, HEIGHT, videoFrames);
    data.json(
        "sav_train/sav_000/v_manual.json",
        IntStream.range(0, FRAMES)
            .mapToObj(
                frame -> "[" + code(mask(true, frame)) + ", " + code(mask(false, frame)) + "]")
            .collect(Collectors.joining(", ", "{\"video_id\": \"v\", \"masklet\": [", "]}")));
    return new RefSavDataset(
        data.json(
            "Ref-SAV.json",
            """
            {"v": {"video_path": "sav_000/sav_train/sav_000/v.mp4",
                   "anno_path": "sav_000/sav_train/sav_000/v_manual.json",
                   "objects": {"%s": {"formated": "The object is a bar."}}}}
            """
                .formatted(object)),
        temporary);
  }

  @Test
  void refSav_everyFourthFrame_hasItsMasks() {
    Sample sample = sample(refSav(30 + 3, "1"), 0, 4);

    assertThat(questions(sample))
        .hasSize(5)
        .allMatch(q -> q.endsWith("according to the description: The object is a bar."));
    for (int f = 0; f < 5; f++) {
      int frame = frameNumber(sample.frames().get(f));
      assertThat(frame % 4).isZero();
      assertThat(sample.objects().get(0).get(f)).isEqualTo(mask(false, frame / 4));
    }
  }

  @Test
  void refSav_videoOfOtherLengthOrUnknownObject_isBroken() {
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(refSav(28, "0"), 0, 0))
        .withMessageContainingAll(
            "Ref-SAV.json: record 0 (\"v\")", "video_path", "28 frames has 7");
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(refSav(33, "2"), 0, 0))
        .withMessageContaining("is object 2, but the annotations have 2");
  }

  private VideoQaDataset videoQa(String file) {
    return new VideoQaDataset(
        data.json(
            "video_chat.json",
            """
            [{"video": "%s", "conversations": [
              {"from": "human", "value": "<video>\\nWhat is grey?"}, {"from": "gpt", "value": "All."},
              {"from": "human", "value": "Why?"}, {"from": "gpt", "value": "So."}]}]
            """
                .formatted(file)),
        temporary);
  }

  @Test
  void videoQa_longVideo_hasAFrameOfEachFifth() {
    data.video("v.mp4", WIDTH, HEIGHT, 23);
    VideoQaDataset dataset = videoQa("v.mkv");
    Set<Integer> seen = new HashSet<>();
    for (int seed = 0; seed < 12; seed++) {
      Sample sample = sample(dataset, 0, seed);

      assertThat(sample.turns())
          .containsExactly(new Turn("<image>\nWhat is grey?", "All."), new Turn("Why?", "So."));
      List<Integer> frames = sample.frames().stream().map(DataFolder::frameNumber).toList();
      for (int i = 0; i < 5; i++) {
        assertThat(frames.get(i)).isBetween(i * 23 / 5, (i + 1) * 23 / 5 - 1);
      }
      seen.addAll(frames);
    }
    assertThat(seen).hasSizeGreaterThan(12);
  }

  @Test
  void videoQa_shortVideo_hasAllFrames() {
    data.video("v.mp4", WIDTH, HEIGHT, 4);

    assertThat(sample(videoQa("v.mp4"), 0, 0).frames())
        .extracting(DataFolder::frameNumber)
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void videoQa_noVideo_isBroken() {
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> sample(videoQa("v.mp4"), 0, 0))
        .withMessageContainingAll("video_chat.json: record 0, video", "v.mp4");
  }

  @Test
  void frameChoice_fewFrames_mayRepeat() {
    for (int count = 1; count <= 12; count++) {
      int[] frames = FrameChoice.any(count, new Random(count));
      assertThat(frames).hasSize(5).isSorted();
      assertThat(IntStream.of(frames).allMatch(frame -> frame >= 0)).isTrue();
      assertThat(IntStream.of(frames).max().getAsInt()).isLessThan(count);
    }
  }
}
