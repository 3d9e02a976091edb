package io.sa2va.core.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisionEncoderTest {
  private static final String PIXELS = "image_segment.pixel_values";
  private static final String FEATURES = "image_segment.vit_embeds";

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms"})
  void forward_tiles_givesTheReferencesFeatures(String family) {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel(family, DType.FLOAT32)) {
      Golden golden = model.golden();
      Tensor features = model.encoder().forward(golden.tensor(PIXELS));
      golden.assertClose(features, FEATURES, 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms"})
  void forward_bfloat16_agreesRoughly(String family) {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel(family, DType.BFLOAT16)) {
      Tensor features = model.encoder().forward(model.golden().tensor(PIXELS));
      assertThat(features.dtype()).isEqualTo(DType.BFLOAT16);
      model.golden().assertClose(features, FEATURES, 0.03);
    }
  }

  @Test
  void forward_oneTile_isThatTilesPartOfTheWhole() {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32)) {
      Tensor tiles = model.golden().tensor(PIXELS);
      Tensor whole = model.encoder().forward(tiles);
      Tensor third = model.encoder().forward(tiles.narrow(0, 2, 1));
      assertThat(third.toFloatArray()).containsExactly(whole.narrow(0, 2, 1).toFloatArray());
    }
  }

  @Test
  void forward_again_leavesItsResultOnly() {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel("qwen2", DType.FLOAT32)) {
      Tensor tiles = model.golden().tensor(PIXELS);
      long before = NativeMemory.liveObjects();
      try (TensorScope request = TensorScope.open()) {
        model.encoder().forward(tiles);
      }
      assertThat(NativeMemory.liveObjects()).isEqualTo(before);
    }
  }

  @Test
  void pixelShuffle_v1_isV2WithRowsAndColumnsSwapped() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor x =
          Tensors.of(
              new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 1, 4, 4, 1);
      Tensor v2 = PixelShuffle.V2.forward(x, 2);
      assertThat(v2.shape()).containsExactly(1, 2, 2, 4);
      assertThat(v2.select(1, 0).select(1, 1).toFloatArray()).containsExactly(2, 3, 6, 7);
      Tensor v1 = PixelShuffle.V1.forward(x, 2);
      assertThat(v1.toFloatArray()).containsExactly(v2.transpose(1, 2).toFloatArray());
    }
  }
}
