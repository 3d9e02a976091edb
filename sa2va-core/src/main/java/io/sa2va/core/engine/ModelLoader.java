package io.sa2va.core.engine;

import io.sa2va.Cancellation;
import io.sa2va.KeyFrames;
import io.sa2va.LoadOptions;
import io.sa2va.ModelInfo;
import io.sa2va.Quantization;
import io.sa2va.core.adapter.AdaptedWeights;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.SpecialTexts;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.TwoDecoderWeights;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.error.CancelledException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightFiller;
import io.sa2va.torch.weights.WeightSource;
import io.sa2va.torch.weights.WeightStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads a checkpoint folder in the published Hugging Face layout. */
final class ModelLoader {
  private static final System.Logger LOG = System.getLogger(ModelLoader.class.getName());

  /** How many frames of a video the reference shows to the language model. */
  private static final int KEY_FRAMES = 5;

  private static final Leases<ModelKey, ResidentModel> IN_MEMORY =
      new Leases<>(ResidentModel::close);

  private final String name;
  private final Path folder;
  private final LoadOptions options;
  private final List<Path> adapters;

  /**
   * For one checkpoint.
   *
   * @param name what the caller called the model
   */
  ModelLoader(String name, Path folder, LoadOptions options) {
    this(name, folder, options, List.of());
  }

  private ModelLoader(String name, Path folder, LoadOptions options, List<Path> adapters) {
    this.name = name;
    this.folder = folder;
    this.options = options;
    this.adapters = adapters;
  }

  /** For the same checkpoint, changed by one adapter more. */
  ModelLoader withAdapter(Path adapter) {
    List<Path> more = new ArrayList<>(adapters);
    more.add(adapter);
    return new ModelLoader(name, folder, options, List.copyOf(more));
  }

  /** The same checkpoint, to be loaded elsewhere. */
  ModelLoader onto(io.sa2va.Device device, io.sa2va.DType dtype) {
    LoadOptions there = options.toBuilder().device(device).dtype(dtype).build();
    return new ModelLoader(name, folder, there, adapters);
  }

  /**
   * Loads it, or takes a share in what another load has in memory.
   *
   * @throws io.sa2va.error.CancelledException soon after it was cancelled, or the thread
   *     interrupted
   */
  Leases<ModelKey, ResidentModel>.Lease load(Cancellation cancellation) {
    return NativeErrors.translate(
        () -> {
          Placement preferred = preferred();
          if (options.threads() > 0) {
            Torch.setThreads(options.threads());
          }
          return IN_MEMORY.acquire(
              key(preferred), cancellation, () -> read(preferred, cancellation));
        });
  }

  /** Whether what is in memory is what {@link #load} would load now. */
  boolean isCurrent(Leases<ModelKey, ResidentModel>.Lease lease) {
    return NativeErrors.translate(() -> lease.isOf(key(preferred())));
  }

  /** What callers may know of a model that was loaded. */
  ModelInfo info(ResidentModel model) {
    return model.parts().info().toBuilder().name(name).build();
  }

  private ModelKey key(Placement placement) {
    boolean open =
        options.device().kind() == io.sa2va.Device.Kind.AUTO && placement.device().isCuda();
    return ModelKey.of(
        folder,
        options.sam2Weights(),
        adapters,
        open ? io.sa2va.Device.AUTO : Placement.publicDevice(placement.device()),
        placement.dtype(),
        options.quantization());
  }

  /** Where the model goes if there is room, and refuses one that could not fit there ever. */
  private Placement preferred() {
    if (!Files.isDirectory(folder)) {
      throw new ModelNotFoundException(folder + " is no folder; name the folder of a checkpoint");
    }
    try (SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder))) {
      Placement placement = Placement.preferred(options, files);
      MemoryBudget.require(options, total(files, placement), placement);
      return placement;
    }
  }

  /** Where it goes now, and the devices there. */
  private Settled settle(Placement preferred) {
    try (SafetensorsWeights files = SafetensorsWeights.open(CheckpointFiles.in(folder))) {
      DeviceChoice devices = preferred.settle(options, () -> bytes(files, preferred));
      Placement placement = preferred.on(devices.first(), options, files);
      LOG.log(
          System.Logger.Level.INFO,
          () -> "loading " + name + ": " + placement.reason() + "; " + devices.reason());
      if (placement.device().isCpu() && preferred.device().isCuda()) {
        MemoryBudget.require(options, total(files, placement), placement);
      }
      return new Settled(placement, devices);
    }
  }

  private record Settled(Placement placement, DeviceChoice devices) {}

  private long total(SafetensorsWeights files, Placement placement) {
    return bytes(files, placement).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Of each weight, by its name; of a quantized model, which is never split, in one sum. */
  private Map<String, Long> bytes(SafetensorsWeights files, Placement placement) {
    ConfigNode config = ConfigNode.read(folder.resolve("config.json"));
    QuantizationChoice.requireAdaptable(config, adapters);
    return QuantizationChoice.method(QuantizationChoice.choose(options.quantization(), config))
        .map(method -> ShapesOnly.of(config, files.names(), method, placement.dtype()).bytes())
        .map(sum -> Map.of("all weights", sum))
        .orElseGet(() -> MemoryBudget.bytes(files, placement.dtype()));
  }

  private ResidentModel read(Placement preferred, Cancellation cancellation) {
    ConfigNode config = ConfigNode.read(folder.resolve("config.json"));
    Families families = Families.of(config);
    requireWanted(cancellation);
    Quantization quantization = QuantizationChoice.choose(options.quantization(), config);
    WeightStore store = store(settle(preferred), cancellation);
    QuantizationChoice.method(quantization).ifPresent(store::quantize);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      LoadedModel parts = build(families, config, store, quantization);
      store.requireAllUsed();
      store.awaitFilled();
      return new ResidentModel(parts, store);
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  private WeightStore store(Settled settled, Cancellation cancellation) {
    WeightSource source = source();
    return new WeightStore(
        source,
        settled.placement().device(),
        settled.devices().weights(),
        settled.placement().dtype(),
        new WeightFiller(WeightFiller.usualThreads(), () -> requireWanted(cancellation)));
  }

  private void requireWanted(Cancellation cancellation) {
    if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
      throw new CancelledException("the loading of " + name + " was cancelled");
    }
  }

  private WeightSource source() {
    WeightSource source = SafetensorsWeights.open(CheckpointFiles.in(folder));
    try {
      for (Path adapter : adapters) {
        source = AdaptedWeights.of(source, adapter);
      }
      @Nullable Path sam2 = options.sam2Weights();
      return sam2 == null ? source : TwoDecoderWeights.of(source, sam2);
    } catch (Throwable e) {
      source.close();
      throw e;
    }
  }

  private LoadedModel build(
      Families families, ConfigNode config, WeightStore store, Quantization quantization) {
    ModelParts parts = ModelParts.build(families, config, store.root());
    Tokenizer tokenizer = TokenizerReader.read(folder); // While other threads fill the weights.
    Family family = parts.networks().family(folder, tokenizer);
    return new LoadedModel(
        family,
        parts.projector(),
        parts.sam2(),
        segToken(tokenizer, family),
        keyFrames(parts.sam2()),
        info(family, store, quantization));
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

  private ModelInfo info(Family family, WeightStore store, Quantization quantization) {
    return ModelInfo.builder()
        .name(name)
        .family(family.name())
        .parameterCount(store.parameters())
        .dtype(Placement.publicType(store.dtype()))
        .quantization(quantization)
        .device(Placement.publicDevice(store.device()))
        .weightBytes(store.bytes())
        .contextLength(family.languageModel().contextLength())
        .build();
  }
}
