package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.sam2.predict.PredictorOptions;
import io.sa2va.core.sam2.predict.VideoPredictor;
import io.sa2va.core.sam2.prompt.Points;
import io.sa2va.core.sam2.track.Direction;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.core.sam2.track.Prediction;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same in bfloat16: every part takes short types, and the masks are the same in the main. */
class Sam2Bfloat16Test {
  private static final double SAME_SIGN = 0.97;

  private Sam2Fixture fixture;
  private WeightStore store;
  private Inference mode;
  private TensorScope scope;
  private Sam2 sam2;

  @BeforeEach
  void load() {
    fixture = Sam2Fixture.of("qwen2");
    store =
        new WeightStore(
            SafetensorsWeights.open(CheckpointFiles.in(fixture.golden().checkpoint())),
            Device.CPU,
            DType.BFLOAT16);
    mode = Inference.begin();
    scope = TensorScope.open();
    sam2 = new Sam2(fixture.config(), store.root().at("grounding_encoder.sam2_model"));
  }

  @AfterEach
  void unload() {
    scope.close();
    mode.close();
    store.close();
    fixture.close();
  }

  @Test
  void languagePrompts_overFrames_agreeWithFloat32() {
    assertAgree(follow(sam2), follow(fixture.sam2()));
  }

  private List<float[]> follow(Sam2 model) {
    List<float[]> masks = new ArrayList<>();
    Tensor prompt = fixture.golden().tensor("video_segment.seg_prompt");
    try (VideoTracker video = model.open(prompt)) {
      for (int frame = 0; frame < 4; frame++) {
        FrameFeatures features = model.encode(fixture.frame(frame));
        Prediction prediction =
            frame < 2 ? video.addKeyFrame(frame, features) : video.track(frame, features);
        masks.add(prediction.masks().toFloatArray());
      }
    }
    return masks;
  }

  @Test
  void pointsAndMasks_overFrames_agreeWithFloat32() {
    assertAgree(predict(sam2), predict(fixture.sam2()));
  }

  private List<float[]> predict(Sam2 model) {
    List<FrameFeatures> frames = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      frames.add(model.encode(fixture.frame(i)));
    }
    List<float[]> masks = new ArrayList<>();
    PredictorOptions options = new PredictorOptions(0, false, true);
    try (VideoPredictor video = model.openPredictor(new Encoded(frames), options)) {
      Points more = new Points(1, new float[] {60, 60}, new int[] {Points.POSITIVE});
      Tensor square = Tensors.full(1, DType.FLOAT32, Device.CPU, 1, 1, 40, 40);
      masks.add(video.prompt(0, 1, Points.box(20, 20, 90, 90)).masks().toFloatArray());
      masks.add(video.addPoints(0, 1, more).masks().toFloatArray());
      masks.add(video.prompt(1, 2, square).masks().toFloatArray());
      for (Direction direction : Direction.values()) {
        video.propagate(
            1,
            2,
            direction,
            (frame, all) -> {
              all.forEach(one -> masks.add(one.masks().toFloatArray()));
              return true;
            });
      }
    }
    return masks;
  }

  private static void assertAgree(List<float[]> shorter, List<float[]> exact) {
    assertThat(shorter).hasSameSizeAs(exact);
    for (int i = 0; i < exact.size(); i++) {
      int agreeing = 0;
      for (int pixel = 0; pixel < exact.get(i).length; pixel++) {
        agreeing += shorter.get(i)[pixel] > 0 == exact.get(i)[pixel] > 0 ? 1 : 0;
      }
      assertThat(agreeing / (double) exact.get(i).length)
          .as("part of mask %d that agrees", i)
          .isGreaterThan(SAME_SIGN);
    }
  }

  private record Encoded(List<FrameFeatures> frames) implements VideoPredictor.Frames {
    @Override
    public int count() {
      return frames.size();
    }

    @Override
    public FrameFeatures features(int frame) {
      return frames.get(frame);
    }
  }
}
