package io.sa2va.core.sam2.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.core.sam2.prompt.PromptEncoder;
import io.sa2va.core.sam2.prompt.PromptTokens;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.testing.Masks;
import io.sa2va.core.testing.PredictorFixture;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points, boxes and masks on a picture, against SAM2's own image predictor in float32. */
class PicturePredictorParityTest {
  private static final double CLOSE = 1e-5;
  private static final double FLOAT16 = 1e-3;

  /** Pixels whose logit is so near to 0 that the last bit of a float decides. */
  private static final int NEAR_ZERO = 1;

  /** The reference returns its low-resolution logits within this limit. */
  private static final double LOGIT_LIMIT = 32;

  @ParameterizedTest
  @ValueSource(strings = {"sam2", "sam2.1"})
  void encode_picture_matchesFeatures(String variant) {
    try (PredictorFixture fixture = PredictorFixture.of(variant);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Tensor picture = fixture.image();
      assertThat(
              Masks.relativeError(picture.narrow(2, 0, 8), fixture.tensor("image.sam_input_top")))
          .isLessThan(CLOSE);
      FrameFeatures features = fixture.sam2().encode(picture);
      assertThat(Masks.relativeError(features.details().fine(), fixture.tensor("image.fpn0")))
          .isLessThan(CLOSE);
      assertThat(Masks.relativeError(features.details().middle(), fixture.tensor("image.fpn1")))
          .isLessThan(CLOSE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sam2", "sam2.1"})
  void predict_everyPrompt_matchesMasksAndScores(String variant) {
    try (PredictorFixture fixture = PredictorFixture.of(variant);
        Inference mode = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      FrameFeatures features = fixture.sam2().encode(fixture.image());
      for (JsonNode prompt : fixture.manifest().get("image_cases")) {
        assertCase(fixture, features, prompt);
      }
    }
  }

  private static void assertCase(
      PredictorFixture fixture, FrameFeatures features, JsonNode prompt) {
    String name = prompt.get("name").textValue();
    PicturePredictor predictor = fixture.sam2().picturePredictor();
    PromptTokens tokens = tokens(fixture, predictor.prompts(), prompt);
    assertTokens(fixture, name, tokens);
    PictureMasks result =
        prompt.get("multimask_output").booleanValue()
            ? predictor.candidates(features, tokens)
            : predictor.single(features, tokens);
    assertThat(
            Masks.relativeError(
                result.masks().clamp(-LOGIT_LIMIT, LOGIT_LIMIT),
                fixture.tensor(name + ".low_res_logits")))
        .as(name)
        .isLessThan(FLOAT16);
    assertThat(Masks.relativeError(result.iou(), fixture.tensor(name + ".iou")))
        .as(name + ".iou")
        .isLessThan(CLOSE);
    assertThat(
            Masks.relativeError(
                result.objectScore(), fixture.tensor(name + ".object_score_logits")))
        .as(name + ".object_score_logits")
        .isLessThan(1e-4);
    if (fixture.has(name + ".mask_bits")) {
      List<Integer> size = fixture.imageSize();
      Tensor full = Functional.resizeBilinear(result.masks(), size.get(1), size.get(0));
      assertThat(Masks.wrongPixels(full, fixture.tensor(name + ".mask_bits")))
          .as(name + ".mask_bits")
          .isLessThanOrEqualTo(NEAR_ZERO);
    }
  }

  private static void assertTokens(PredictorFixture fixture, String name, PromptTokens tokens) {
    String prompt = name.substring(0, name.lastIndexOf('.'));
    Tensor sparse = fixture.tensor(prompt + ".sparse");
    assertThat(tokens.sparse().shape()).as(prompt).containsExactly(sparse.shape());
    if (sparse.numel() > 0) {
      assertThat(Masks.relativeError(tokens.sparse(), sparse)).as(prompt).isLessThan(CLOSE);
    }
    if (fixture.has(prompt + ".dense")) {
      assertThat(Masks.relativeError(tokens.dense(), fixture.tensor(prompt + ".dense")))
          .as(prompt + ".dense")
          .isLessThan(CLOSE);
    }
  }

  private static PromptTokens tokens(
      PredictorFixture fixture, PromptEncoder prompts, JsonNode prompt) {
    if (!prompt.has("mask")) {
      return prompts.points(points(fixture, prompt));
    }
    Tensor mask = mask(fixture, prompt.get("mask").textValue());
    return prompt.has("points")
        ? prompts.pointsAndMask(points(fixture, prompt), mask)
        : prompts.maskWithoutTokens(mask);
  }

  private static Tensor mask(PredictorFixture fixture, String name) {
    if (fixture.has(name)) {
      return fixture.tensor(name).unsqueeze(0); // (1, 1, s, s)
    }
    long best = fixture.tensor("image.point.multi.iou").argmax(-1).itemLong();
    return fixture
        .tensor("image.point.multi.low_res_logits")
        .narrow(0, best, 1)
        .unsqueeze(0); // (1, 1, s, s)
  }

  private static Points points(PredictorFixture fixture, JsonNode prompt) {
    List<Float> places = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int objects = 1;
    if (prompt.has("box")) {
      JsonNode box = prompt.get("box");
      objects = box.get(0).isArray() ? box.size() : 1;
      flatten(box, places);
      for (int i = 0; i < objects; i++) {
        labels.add(Points.BOX_TOP_LEFT);
        labels.add(Points.BOX_BOTTOM_RIGHT);
      }
    }
    if (prompt.has("points")) {
      flatten(prompt.get("points"), places);
      prompt.get("labels").forEach(label -> labels.add(label.intValue()));
    }
    float[] coordinates = new float[places.size()];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = places.get(i);
    }
    List<Integer> size = fixture.imageSize();
    return new Points(objects, coordinates, labels.stream().mapToInt(i -> i).toArray())
        .scaled(size.get(0), size.get(1), fixture.sam2().imageSize());
  }

  private static void flatten(JsonNode numbers, List<Float> places) {
    for (JsonNode number : numbers) {
      if (number.isArray()) {
        flatten(number, places);
      } else {
        places.add(number.floatValue());
      }
    }
  }
}
