package io.sa2va.core.train.nano;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.io.Resources;
import io.sa2va.core.scenes.Scene;
import io.sa2va.core.scenes.SceneClip;
import io.sa2va.core.scenes.SceneGenerator;
import io.sa2va.core.scenes.SceneOptions;
import io.sa2va.core.scenes.SceneSample;
import io.sa2va.core.text.BytePairTraining;
import io.sa2va.core.text.QwenTokenizerWriter;
import io.sa2va.core.zoo.ZooModel;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Writes Sa2VA-Nano as it is before training: its configuration, a tokenizer that has a token for
 * every word of the scenes, and random weights.
 */
final class BlankModel {
  private static final String NAME = "Sa2VA-Nano";
  private static final int SCENES = 150;

  /** What stands around every conversation. */
  private static final List<String> TEMPLATE =
      List.of(
          "user\n",
          "assistant\n",
          "\n",
          "\nThere are 1 part regions in the picture: region1",
          "region2",
          ", region2",
          ".\n",
          "system\n");

  private static final JsonMapper JSON = new JsonMapper();

  private BlankModel() {}

  /**
   * Writes the folder.
   *
   * @param folder made if it does not exist
   * @throws IOException if it cannot be written
   */
  static void write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder);
    QwenTokenizerWriter tokenizer = new QwenTokenizerWriter(BytePairTraining.merges(texts()));
    tokenizer.write(folder);
    String config = config(tokenizer);
    Files.writeString(folder.resolve("config.json"), config);
    Files.writeString(
        folder.resolve("generation_config.json"),
        "{\"eos_token_id\": %d, \"pad_token_id\": %d}"
            .formatted(tokenizer.endId(), tokenizer.endId() + 1));
    try (TensorScope scope = TensorScope.open()) {
      CheckpointWriter.write(
          folder,
          new InitialWeights(seed).of(new ZooModel(NAME, NAME, Set.of(), config).weights()),
          Long.MAX_VALUE);
    }
  }

  private static String config(QwenTokenizerWriter tokenizer) throws IOException {
    String sizes =
        Resources.toString(
            Resources.getResource("io/sa2va/core/nano/config.json"), StandardCharsets.UTF_8);
    ObjectNode config = (ObjectNode) JSON.readTree(sizes);
    ObjectNode llm = (ObjectNode) config.get("llm_config");
    llm.put("vocab_size", tokenizer.size());
    llm.put("eos_token_id", tokenizer.endId());
    llm.put("bos_token_id", tokenizer.endId() + 1);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
  }

  /** Everything that is said about many scenes: together they have every word of the world. */
  private static Collection<String> texts() {
    SceneGenerator world = new SceneGenerator(0, SceneOptions.ofSize(64, 64));
    List<String> texts = new ArrayList<>(TEMPLATE);
    for (int i = 0; i < SCENES; i++) {
      Scene picture = world.picture(i);
      SceneClip clip = world.clip(i);
      picture.samples().forEach(sample -> add(texts, sample));
      clip.samples().forEach(sample -> add(texts, sample));
    }
    return texts;
  }

  private static void add(List<String> texts, SceneSample sample) {
    texts.add(sample.prompt());
    // special tokens are cut out before words are
    for (String piece : sample.answer().split("\\[SEG]|<p>|</p>", -1)) {
      texts.add(piece);
    }
  }
}
