package io.sa2va.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.core.sam2.hiera.HieraConfig;
import io.sa2va.core.sam2.memory.MemoryConfig;
import io.sa2va.core.sam2.neck.NeckConfig;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.SafetensorsFile;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** A fixture of SAM2 by itself: weights in the original layout, prompts, and their outputs. */
public final class PredictorFixture implements AutoCloseable {
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] STD = {0.229f, 0.224f, 0.225f};

  private final Path folder;
  private final JsonNode manifest;
  private final SafetensorsFile outputs;
  private final WeightStore store;
  private final Sam2 sam2;

  private PredictorFixture(Path folder) {
    this.folder = folder;
    this.manifest = json("manifest.json");
    this.outputs = SafetensorsFile.open(folder.resolve("golden.safetensors"));
    this.store =
        new WeightStore(
            SafetensorsWeights.open(List.of(folder.resolve("model.safetensors"))),
            Device.CPU,
            DType.FLOAT32);
    this.sam2 = new Sam2(config(json("config.json")), store.root());
  }

  public static PredictorFixture of(String variant) {
    return new PredictorFixture(Golden.folder(variant));
  }

  private JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(folder.resolve(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sam2Config config(JsonNode root) {
    JsonNode sizes = root.get("sizes");
    JsonNode trunk = sizes.get("trunk");
    List<Integer> background = integers(trunk.get("window_pos_embed_bkg_spatial_size"));
    HieraConfig hiera =
        new HieraConfig(
            trunk.get("embed_dim").intValue(),
            trunk.get("num_heads").intValue(),
            integers(trunk.get("stages")),
            integers(trunk.get("global_att_blocks")),
            background.get(0),
            background.get(1),
            integers(trunk.get("window_spec")));
    MemoryConfig memory =
        new MemoryConfig(
            sizes.get("mem_dim").intValue(),
            root.get("num_maskmem").intValue(),
            root.get("max_obj_ptrs_in_encoder").intValue(),
            sizes.get("memory_layers").intValue(),
            sizes.get("feedforward").intValue(),
            10000,
            2);
    return new Sam2Config(
        sizes.get("image_size").intValue(),
        sizes.get("hidden_dim").intValue(),
        hiera,
        NeckConfig.of(hiera),
        memory);
  }

  private static List<Integer> integers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::intValue).toList();
  }

  public JsonNode manifest() {
    return manifest;
  }

  public Sam2 sam2() {
    return sam2;
  }

  public WeightStore store() {
    return store;
  }

  public boolean has(String name) {
    return outputs.tensors().containsKey(name);
  }

  public Tensor tensor(String name) {
    return outputs.tensor(name);
  }

  /** Width and height of the picture. */
  public List<Integer> imageSize() {
    return integers(manifest.get("image"));
  }

  /** Width, height and number of the video's frames. */
  public List<Integer> videoSize() {
    return integers(manifest.get("video"));
  }

  /** The picture as the reference's image predictor prepares it: (1, 3, S, S). */
  public Tensor image() {
    RgbPixels pixels = Sam2Fixture.read(folder.resolve("images/image.png"));
    float[] samples = new float[3 * pixels.width() * pixels.height()];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i % (pixels.width() * pixels.height());
      int channel = i / (pixels.width() * pixels.height());
      samples[i] = pixels.sample(pixel % pixels.width(), pixel / pixels.width(), channel) / 255f;
    }
    int side = sam2.imageSize();
    Tensor square =
        Functional.resizeBilinearAntialias(
            Tensors.of(samples, 1, 3, pixels.height(), pixels.width()), side, side);
    return square.sub(Tensors.of(MEAN, 1, 3, 1, 1)).div(Tensors.of(STD, 1, 3, 1, 1));
  }

  /** A frame as the reference's video predictor prepares it: (1, 3, S, S). */
  public Tensor frame(int index) {
    int side = sam2.imageSize();
    RgbPixels pixels =
        Sam2Fixture.read(
            folder.resolve(String.format(Locale.ROOT, "images/frame_%05d.png", index)));
    RgbPixels square = PillowResize.bicubic(pixels, side, side);
    return Tensors.of(Normalizer.imageNet().normalize(square), 1, 3, side, side);
  }

  @Override
  public void close() {
    store.close();
    outputs.close();
  }
}
