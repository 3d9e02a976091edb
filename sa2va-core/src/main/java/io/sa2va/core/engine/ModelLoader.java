package io.sa2va.core.engine;

import io.sa2va.KeyFrames;
import io.sa2va.LoadOptions;
import io.sa2va.ModelInfo;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loads a checkpoint folder in the published Hugging Face layout. */
final class ModelLoader {
  private static final System.Logger LOG = System.getLogger(ModelLoader.class.getName());

  /** How many frames of a video the reference shows to the language model. */
  private static final int KEY_FRAMES = 5;

  private final String name;
  private final Path folder;
  private final LoadOptions options;

  /**
   * For one checkpoint.
   *
   * @param name what the caller called the model
   */
  ModelLoader(String name, Path folder, LoadOptions options) {
    this.name = name;
    this.folder = folder;
    this.options = options;
  }

  Sa2VAEngine load() {
    return NativeErrors.translate(this::loadChecked);
  }

  private Sa2VAEngine loadChecked() {
    if (!Files.isDirectory(folder)) {
      throw new ModelNotFoundException(folder + " is no folder; name the folder of a checkpoint");
    }
    ConfigNode config = ConfigNode.read(folder.resolve("config.json"));
    Families families = Families.of(config);
    Tokenizer tokenizer = TokenizerReader.read(folder);
    SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder));
    try {
      WeightStore store = place(files);
      LoadedModel model = fill(store, config, families, tokenizer);
      return new Sa2VAEngine(model, store);
    } catch (Throwable e) {
      files.close();
      throw e;
    }
  }

  private WeightStore place(SafetensorsWeights files) {
    Placement placement = Placement.choose(options, files);
    LOG.log(System.Logger.Level.INFO, () -> "loading " + name + ": " + placement.reason());
    if (options.threads() > 0) {
      Torch.setThreads(options.threads());
    }
    return new WeightStore(files, placement.device(), placement.dtype());
  }

  private LoadedModel fill(
      WeightStore store, ConfigNode config, Families families, Tokenizer tokenizer) {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      LoadedModel model = build(families, config, tokenizer, store);
      store.requireAllUsed();
      return model;
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  private LoadedModel build(
      Families families, ConfigNode config, Tokenizer tokenizer, WeightStore store) {
    ModelParts parts = ModelParts.build(families, config, store.root());
    Family family = parts.networks().family(folder, tokenizer);
    return new LoadedModel(
        family,
        parts.projector(),
        parts.sam2(),
        segToken(tokenizer, family),
        keyFrames(parts.sam2()),
        info(family, store));
  }

  private static KeyFrames keyFrames(Sam2 sam2) {
    return sam2.hasLanguageDecoder() ? KeyFrames.uniform(KEY_FRAMES) : KeyFrames.first(KEY_FRAMES);
  }

  private static int segToken(Tokenizer tokenizer, Family family) {
    int id = SpecialTexts.requiredId(tokenizer, "[SEG]");
    int known = family.languageModel().vocabSize();
    if (id >= known) {
      throw new ModelConfigException(
          "the tokenizer's [SEG] has the id "
              + id
              + ", but the language model knows ids below "
              + known
              + " (vocab_size); check that the tokenizer belongs to these weights");
    }
    return id;
  }

  private ModelInfo info(Family family, WeightStore store) {
    return ModelInfo.builder()
        .name(name)
        .family(family.name())
        .parameterCount(store.parameters())
        .dtype(Placement.publicType(store.dtype()))
        .device(Placement.publicDevice(store.device()))
        .weightBytes(store.bytes())
        .contextLength(family.languageModel().contextLength())
        .build();
  }
}
