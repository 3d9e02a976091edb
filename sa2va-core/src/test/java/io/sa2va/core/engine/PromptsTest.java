package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Box;
import io.sa2va.Cancellation;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.TrackPrompt;
import io.sa2va.Tracker;
import io.sa2va.Video;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.NativeMemory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Segmenting and tracking by points, boxes and masks, through the public API. */
class PromptsTest {
  private static Sa2VA sa2va;
  private static Image picture;
  private static Video video;

  @BeforeAll
  static void load() {
    Golden golden = Golden.of("qwen2");
    sa2va = Sa2VA.load(golden.checkpoint());
    picture = Image.read(golden.image());
    video =
        Video.ofFrames(
            IntStream.range(0, 5)
                .mapToObj(i -> golden.frames().resolve("frame_%05d.png".formatted(i)))
                .toList());
    golden.close();
  }

  @AfterAll
  static void close() {
    sa2va.close();
  }

  @Test
  void segment_severalPrompts_oneSegmentEachAsAlone() {
    ObjectPrompt point = ObjectPrompt.point(60, 70);
    ObjectPrompt box = ObjectPrompt.box(new Box(130, 60, 70, 70));
    ObjectPrompt both =
        ObjectPrompt.of(p -> p.inside(60, 70).outside(5, 5).box(new Box(20, 30, 90, 90)));
    ObjectPrompt stroke =
        ObjectPrompt.of(
            p ->
                p.stroke(
                    List.of(
                        new ObjectPrompt.Point(140, 70, true),
                        new ObjectPrompt.Point(190, 120, true))));
    List<ObjectPrompt> prompts = List.of(point, box, both, stroke);
    List<Segment> together = sa2va.segment(picture, prompts);
    assertThat(together).hasSize(4);
    for (int i = 0; i < 4; i++) {
      Segment alone = sa2va.segment(picture, prompts.get(i));
      assertThat(together.get(i).index()).isEqualTo(i);
      assertThat(together.get(i).mask()).isEqualTo(alone.mask());
      assertThat(alone.mask().width()).isEqualTo(picture.width());
    }
  }

  @Test
  void segment_maskPrompt_isTaken() {
    Mask shown = sa2va.segment(picture, ObjectPrompt.point(60, 70)).mask();
    assertThat(shown.isEmpty()).isFalse();
    assertThat(sa2va.segment(picture, ObjectPrompt.mask(shown)).masks()).hasSize(1);
  }

  @Test
  void segment_outsideThePicture_isRefused() {
    assertThatThrownBy(() -> sa2va.segment(picture, ObjectPrompt.point(400, 10)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("233x150");
    assertThatThrownBy(() -> sa2va.segment(picture, ObjectPrompt.mask(Mask.empty(2, 2).inverse())))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("2x2");
  }

  @Test
  void track_fromTheMiddle_givesEveryFrameBothWays() {
    List<Segment> segments =
        sa2va.track(
            video,
            List.of(
                new TrackPrompt(7, 2, ObjectPrompt.point(38, 55)),
                new TrackPrompt(3, 2, ObjectPrompt.box(new Box(100, 78, 34, 32)))));
    assertThat(segments).hasSize(2);
    assertThat(segments).allSatisfy(segment -> assertThat(segment.masks()).hasSize(5));
    List<Segment> alone =
        sa2va.track(video, List.of(new TrackPrompt(0, 2, ObjectPrompt.point(38, 55))));
    assertThat(alone.get(0).masks()).isEqualTo(segments.get(0).masks());
  }

  @Test
  void track_correctionOnALaterFrame_staysWhenFollowedAgain() {
    try (Tracker tracker = sa2va.track(video)) {
      tracker.prompt(new TrackPrompt(0, 0, ObjectPrompt.point(20, 50)));
      tracker.track(Tracker.Direction.FORWARD);
      Mask before = tracker.segments().get(0).mask(3);
      Mask corrected =
          tracker.prompt(new TrackPrompt(0, 3, ObjectPrompt.box(new Box(100, 70, 30, 30))));
      tracker.track(Tracker.Direction.FORWARD);
      assertThat(corrected).isNotEqualTo(before);
      assertThat(tracker.segments().get(0).mask(3)).isEqualTo(corrected);
    }
  }

  @Test
  void track_cancelled_leavesTheRestEmpty() {
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    try (Tracker tracker = sa2va.track(video)) {
      tracker.prompt(new TrackPrompt(0, 0, ObjectPrompt.point(20, 50)));
      tracker.track(Tracker.Direction.FORWARD, cancelled);
      assertThat(tracker.segments().get(0).mask(4).isEmpty()).isTrue();
    }
  }

  @Test
  void track_badPrompts_areRefused() {
    try (Tracker tracker = sa2va.track(video)) {
      assertThatThrownBy(() -> tracker.track(Tracker.Direction.BOTH))
          .isInstanceOf(InvalidRequestException.class);
      assertThatThrownBy(() -> tracker.prompt(new TrackPrompt(0, 5, ObjectPrompt.point(1, 1))))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("0 to 4");
    }
  }

  @Test
  void track_closed_freesEverything() {
    trackOnce();
    long before = NativeMemory.liveObjects();
    trackOnce();
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  private static void trackOnce() {
    sa2va.track(video, List.of(new TrackPrompt(0, 1, ObjectPrompt.point(30, 50))));
    sa2va.segment(picture, ObjectPrompt.point(60, 70));
  }
}
