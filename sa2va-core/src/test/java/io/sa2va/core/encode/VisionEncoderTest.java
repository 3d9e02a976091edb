package io.sa2va.core.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.core.prepare.DynamicTiler;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Inference;
import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.WeightStore;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisionEncoderTest {
  private static final String PIXELS = "image_segment.pixel_values";
  private static final String FEATURES = "image_segment.vit_embeds";

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen2-rms", "internlm2"})
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
  void forward_oldCheckpoint_givesTheReferencesFeatures() throws IOException {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel("qwen2-v1", DType.FLOAT32)) {
      Tensor tiles = tiles(model.golden(), model.encoder().config().tileSize());
      model.golden().assertClose(model.encoder().forward(tiles), FEATURES, 1e-5);
    }
  }

  @Test
  void forward_tilesLargerThanThePositionsAreFor_givesTheReferencesFeatures() {
    ObjectNode larger = ConfigFile.with(ConfigFile.of("qwen2-v1", ""), "force_image_size", "84");
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        Golden golden = Golden.of("qwen2-v1");
        WeightStore store = golden.weights()) {
      VisionEncoder encoder =
          new VisionEncoder(VisionEncoderConfig.of(ConfigFile.node(larger)), store.root());
      Tensor numbers = Tensors.arange(2 * 3 * 84 * 84, DType.FLOAT32, Device.CPU);
      Tensor tiles = numbers.mul(0.01).sin().view(2, 3, 84, 84);
      golden.assertClose(encoder.forward(tiles), "larger_tile.vit_embeds", 1e-5);
    }
  }

  private static Tensor tiles(Golden golden, int size) throws IOException {
    BufferedImage image = ImageIO.read(golden.image().toFile());
    byte[] samples = new byte[3 * image.getWidth() * image.getHeight()];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / 3;
      int rgb = image.getRGB(pixel % image.getWidth(), pixel / image.getWidth());
      samples[i] = (byte) (rgb >> (16 - 8 * (i % 3)));
    }
    RgbPixels picture = RgbPixels.of(image.getWidth(), image.getHeight(), samples);
    List<Tensor> tiles =
        new DynamicTiler(1, 12, size, true)
            .tile(picture).stream()
                .map(tile -> Tensors.of(Normalizer.imageNet().normalize(tile), 3, size, size))
                .toList();
    return Tensors.stack(0, tiles);
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
