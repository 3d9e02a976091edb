package io.sa2va.core.finish;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.MaskLogits;
import io.sa2va.Segment;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MaskTracksTest {
  private static final int SIDE = 32;
  private static final List<@Nullable String> NO_PHRASES = Arrays.asList(null, null);

  private static Sam2Fixture fixture;

  @BeforeAll
  static void open() {
    fixture = Sam2Fixture.of("qwen2");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** Two objects: the upper half of the frame, and one of the same logit everywhere. */
  private static Prediction prediction(float iou, float second) {
    float[] masks = new float[2 * SIDE * SIDE];
    for (int i = 0; i < SIDE * SIDE; i++) {
      masks[i] = i < SIDE * SIDE / 2 ? 3 : -3;
      masks[SIDE * SIDE + i] = second;
    }
    return new Prediction(
        Tensors.of(masks, 2, 1, SIDE, SIDE),
        Tensors.of(new float[] {iou, iou / 2}, 2),
        Tensors.of(new float[] {5, -5}, 2),
        Tensors.of(new float[64], 2, 32));
  }

  private static MaskTracks tracks(boolean keepLogits) {
    return new MaskTracks(fixture.sam2(), 21, 10, keepLogits);
  }

  @Test
  void segments_twoObjects_haveTheirMasksPhrasesAndScores() {
    try (TensorScope scope = TensorScope.open()) {
      MaskTracks tracks = tracks(false);
      tracks.add(0, prediction(0.5f, 1));
      List<Segment> segments = tracks.segments(Arrays.asList("the sky", null));
      assertThat(segments).extracting(Segment::index).containsExactly(0, 1);
      assertThat(segments).extracting(Segment::phrase).containsExactly("the sky", null);
      assertThat(segments).extracting(Segment::score).containsExactly(0.5, 0.25);
      assertThat(segments).extracting(Segment::objectScore).containsExactly(5.0, -5.0);
      assertThat(segments.get(0).mask().get(20, 4)).isTrue();
      assertThat(segments.get(0).mask().get(0, 5)).isFalse();
      assertThat(segments.get(0).mask().area()).isEqualTo(21 * 5);
      assertThat(segments.get(1).mask().area()).isEqualTo(21 * 10);
      assertThat(segments.get(0).logits()).isEmpty();
    }
  }

  @Test
  void segments_logitOfZero_isOutside() {
    try (TensorScope scope = TensorScope.open()) {
      MaskTracks tracks = tracks(false);
      tracks.add(0, prediction(0.5f, 0));
      assertThat(tracks.segments(NO_PHRASES).get(1).mask().isEmpty()).isTrue();
    }
  }

  @Test
  void segments_keptLogits_agreeWithTheMasks() {
    try (TensorScope scope = TensorScope.open()) {
      MaskTracks tracks = tracks(true);
      Prediction prediction = prediction(0.5f, 1);
      tracks.add(0, prediction);
      Segment segment = tracks.segments(NO_PHRASES).get(0);
      MaskLogits logits = segment.logits(0);
      assertThat(logits.above(0)).isEqualTo(segment.mask());
      Tensor resized = fixture.sam2().atPictureSize(prediction.masks().narrow(0, 0, 1), 10, 21);
      assertThat(logits.values()).isEqualTo(resized.toFloatArray());
    }
  }

  @Test
  void segments_framesOutOfOrder_areInOrderAndTheFirstThatCameScores() {
    try (TensorScope scope = TensorScope.open()) {
      MaskTracks tracks = tracks(false);
      tracks.add(1, prediction(0.5f, 1));
      tracks.add(0, prediction(1, -1));
      Segment second = tracks.segments(NO_PHRASES).get(1);
      assertThat(second.score()).isEqualTo(0.25);
      assertThat(second.mask(0).isEmpty()).isTrue();
      assertThat(second.mask(1).isEmpty()).isFalse();
    }
  }

  @Test
  void segments_frameNotReached_endsBeforeIt() {
    try (TensorScope scope = TensorScope.open()) {
      MaskTracks tracks = tracks(false);
      tracks.add(0, prediction(0.5f, 1));
      tracks.add(1, prediction(0.5f, 1));
      tracks.add(3, prediction(0.5f, 1));
      assertThat(tracks.segments(NO_PHRASES).get(0).masks()).hasSize(2);
    }
  }

  @Test
  void segments_nothingAdded_areNone() {
    assertThat(tracks(false).segments(List.of())).isEmpty();
  }
}
