package io.sa2va.core.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.Mask;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One step of the reference on the fixture {@code qwen2}: a picture with two objects, adapters of
 * rank 4 without dropout, losses on whole masks.
 */
final class TrainingFixture implements AutoCloseable {
  static final double LEARNING_RATE = 4e-5;

  /** Questions as they were before the picture's tokens were written into the first. */
  private static final List<Turn> TURNS =
      List.of(
          new Turn("<image>\nPlease segment the red circle in this image.", "Sure, it is [SEG]."),
          new Turn(
              "Where is the blue square in this picture? Please respond with a segmentation mask.",
              "[SEG]."));

  private final Golden golden = Golden.of("training");
  private final JsonNode manifest = ConfigFile.fixture("training/manifest.json");

  Golden golden() {
    return golden;
  }

  /** A number of the manifest, by its path. */
  double number(String... path) {
    JsonNode node = manifest;
    for (String name : path) {
      node = node.get(name);
    }
    return node.doubleValue();
  }

  List<String> trainedNames() {
    List<String> names = new ArrayList<>();
    manifest.get("gradient_norms").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Tokens with a label. */
  int learnedTokens() {
    try (TensorScope scope = TensorScope.open()) {
      return (int)
          Arrays.stream(golden.tensor("labels").toLongArray()).filter(id -> id >= 0).count();
    }
  }

  /** The model as it was before the step. */
  TrainableModel model(DType dtype, double dropout) {
    LoraConfig lora = new LoraConfig(4, 8, dropout, LoraConfig::isInLanguageModel);
    TrainableModel model =
        TrainableModel.load(
            Golden.folder("qwen2").resolve("checkpoint"),
            Device.CPU,
            dtype,
            TrainingPlan.reference(lora, 3));
    try (TensorScope scope = TensorScope.open()) {
      for (Parameter parameter : model.parameters().all()) {
        if (golden.has("lora." + parameter.name())) {
          parameter.set(golden.tensor("lora." + parameter.name()));
        }
      }
    }
    return model;
  }

  /** The picture, what is said about it, and its masks. */
  Sample sample() {
    return Sample.ofPicture(
        Sam2Fixture.read(Golden.folder("training").resolve("image.png")), TURNS, masks());
  }

  private List<Mask> masks() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor all = golden.tensor("masks"); // (2, H, W)
      List<Mask> masks = new ArrayList<>();
      for (long i = 0; i < all.size(0); i++) {
        byte[] pixels = all.select(0, i).toByteArray();
        boolean[] set = new boolean[pixels.length];
        for (int p = 0; p < pixels.length; p++) {
          set[p] = pixels[p] != 0;
        }
        masks.add(Mask.of((int) all.size(2), (int) all.size(1), set));
      }
      return masks;
    }
  }

  @Override
  public void close() {
    golden.close();
  }
}
