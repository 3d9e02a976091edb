package io.sa2va.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.Families;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.project.SegProjector;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** A fixture of the Qwen-VL families with its model loaded, all but the grounding encoder. */
public final class QwenVlModel implements AutoCloseable {
  private static final int KEY_FRAMES = 5;

  private final String fixture;
  private final Golden golden;
  private final SafetensorsWeights source;
  private final WeightStore store;
  private final Family family;
  private final SegProjector projector;

  public QwenVlModel(String fixture, DType dtype) {
    this(fixture, Golden.folder(fixture).resolve("checkpoint"), dtype);
  }

  /** A checkpoint that differs from the fixture's in its files only. */
  public QwenVlModel(String fixture, Path checkpoint, DType dtype) {
    this.fixture = fixture;
    this.golden = Golden.of(fixture);
    this.source = SafetensorsWeights.open(CheckpointFiles.in(checkpoint));
    this.store = new WeightStore(source, Device.CPU, dtype);
    ConfigNode config = ConfigNode.read(checkpoint.resolve("config.json"));
    this.family =
        Families.of(config)
            .networks(config, store.root())
            .family(checkpoint, TokenizerReader.read(checkpoint));
    this.projector =
        new SegProjector(
            family.languageModel().hiddenSize(),
            config.object("grounding_encoder_config").integer("hidden_dim", 1),
            store.root().at("text_hidden_fcs"));
  }

  public Golden golden() {
    return golden;
  }

  public Family family() {
    return family;
  }

  public CausalLm llm() {
    return family.languageModel();
  }

  public SegProjector projector() {
    return projector;
  }

  /** Demands that these parts took all weights but the grounding encoder's. */
  public void requireAllUsed() {
    source.names().stream()
        .filter(name -> name.startsWith("grounding_encoder."))
        .forEach(store.root()::ignore);
    store.requireAllUsed();
  }

  /** The fixture's picture. */
  public RgbPixels picture() {
    return pixels(golden.image());
  }

  /** What a case looks at. */
  public Optional<VisionPrompt> look(String name) {
    if (name.startsWith("text")) {
      return Optional.empty();
    }
    if (name.startsWith("image")) {
      return Optional.of(look(List.of()));
    }
    return Optional.of(
        family.encodeKeyFrames(
            IntStream.range(0, KEY_FRAMES)
                .mapToObj(this::frame)
                .map(QwenVlModel::pixels)
                .toList()));
  }

  /** The picture with regions. */
  public VisionPrompt look(List<Mask> regions) {
    return family.encodePicture(picture(), regions);
  }

  private Path frame(int index) {
    return golden.frames().resolve(String.format(Locale.ROOT, "frame_%05d.png", index));
  }

  private static RgbPixels pixels(Path file) {
    Image image = Image.read(file);
    return RgbPixels.of(image.width(), image.height(), image.rgb());
  }

  /** What the user says in a case. */
  public String text(String name) {
    for (JsonNode entry : ConfigFile.fixture(fixture + "/manifest.json").get("cases")) {
      if (entry.get("name").asText().equals(name)) {
        return entry.get("text").asText();
      }
    }
    throw new IllegalArgumentException("no case " + name);
  }

  /** The token ids of a first turn. */
  public int[] firstTurn(String text, Optional<VisionPrompt> vision) {
    String placed = vision.map(picture -> family.place(text, picture.text())).orElse(text);
    return family.tokenizer().encode(family.template().firstTurn(placed));
  }

  /**
   * What the model made of a prompt, in the innermost scope.
   *
   * @param prefill hidden states of the prompt (1, n, D)
   * @param ids generated greedily, as many as the reference's reply
   * @param segHidden hidden states where [SEG] was the input (objects, D)
   */
  public record Reply(Tensor prefill, List<Long> ids, List<Tensor> segHidden) {}

  /** The reply to an input, {@code count} tokens of it. */
  public Reply reply(LmInput input, long count) {
    long seg = family.tokenizer().idOf("[SEG]").orElseThrow();
    List<Long> ids = new ArrayList<>();
    List<Tensor> segHidden = new ArrayList<>();
    try (KvCache cache = llm().newCache(16)) {
      Tensor prefill = llm().forward(input, cache); // (1, n, D)
      Tensor hidden = prefill.select(1, prefill.size(1) - 1); // (1, D)
      ids.add(llm().logits(hidden).argmax(-1).itemLong());
      while (ids.size() < count) {
        long last = ids.get(ids.size() - 1);
        hidden = llm().forward(llm().embed(Tensors.of(new long[] {last}, 1)), cache).select(1, 0);
        if (last == seg) {
          segHidden.add(hidden);
        }
        ids.add(llm().logits(hidden).argmax(-1).itemLong());
      }
      return new Reply(prefill, ids, segHidden);
    }
  }

  /** Token ids of the reference. */
  public List<Long> ids(String name) {
    return Arrays.stream(golden.tensor(name).toLongArray()).boxed().toList();
  }

  @Override
  public void close() {
    store.close();
    golden.close();
  }
}
