package io.sa2va.core.testing;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.VisionEncoder;
import io.sa2va.core.encode.VisionEncoderConfig;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LlmArchitecture;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.project.SegProjector;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.quant.QuantizationMethod;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A fixture of the InternVL family with its model loaded, all but the grounding encoder. */
public final class InternVlModel implements AutoCloseable {
  private final Golden golden;
  private final SafetensorsWeights source;
  private final WeightStore store;
  private final VisionEncoder encoder;
  private final CausalLm llm;
  private final SegProjector projector;

  public InternVlModel(String family, DType dtype) {
    this(family, dtype, Optional.empty());
  }

  public InternVlModel(String family, DType dtype, Optional<QuantizationMethod> quantization) {
    this.golden = Golden.of(family);
    this.source = SafetensorsWeights.open(CheckpointFiles.in(golden.checkpoint()));
    this.store = new WeightStore(source, Device.CPU, dtype);
    quantization.ifPresent(store::quantize);
    ConfigNode config = config(family);
    LlmConfig llmConfig = LlmConfig.of(config.object("llm_config"));
    this.encoder = new VisionEncoder(VisionEncoderConfig.of(config), store.root());
    this.llm = LlmArchitecture.load(llmConfig, store.root().at("language_model"));
    this.projector =
        new SegProjector(
            llm.hiddenSize(),
            config.object("grounding_encoder_config").integer("hidden_dim", 1),
            store.root().at("text_hidden_fcs"));
  }

  public static ConfigNode config(String family) {
    return ConfigNode.read(Golden.folder(family).resolve("checkpoint/config.json"));
  }

  public Golden golden() {
    return golden;
  }

  public VisionEncoder encoder() {
    return encoder;
  }

  public CausalLm llm() {
    return llm;
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

  /** The id of a special token. */
  public long id(String token) {
    return ConfigNode.read(golden.checkpoint().resolve("added_tokens.json")).integer(token, 0);
  }

  /**
   * The language model's input for a case: the prompt's embeddings with the reference's features at
   * the picture's tokens, (1, n, D).
   *
   * @param features the case that has the features of the same picture or video
   */
  public Tensor embeddings(String name, String features) {
    Tensor ids = golden.tensor(name + ".input_ids");
    Tensor embeddings = llm.embed(ids); // (1, n, D)
    long[] places = placesOf(ids.toLongArray(), id("<IMG_CONTEXT>"));
    if (places.length > 0) {
      Tensor vectors = golden.tensor(features + ".vit_embeds").flatten(0, 1);
      embeddings.indexCopyInPlace(
          1, Tensors.of(places, places.length), vectors.unsqueeze(0).to(embeddings.dtype()));
    }
    return embeddings;
  }

  private static long[] placesOf(long[] ids, long id) {
    return IntStream.range(0, ids.length).filter(i -> ids[i] == id).asLongStream().toArray();
  }

  /**
   * What the model made of a prompt, in the innermost scope.
   *
   * @param prefill hidden states of the prompt (1, n, D)
   * @param firstLogits (V)
   * @param ids generated greedily, as many as the reference's reply
   * @param segHidden hidden states where [SEG] was the input (objects, D)
   */
  public record Reply(Tensor prefill, Tensor firstLogits, List<Long> ids, List<Tensor> segHidden) {}

  public Reply reply(String name, String features) {
    long count = golden.tensor(name + ".output_ids").numel();
    List<Long> ids = new ArrayList<>();
    List<Tensor> segHidden = new ArrayList<>();
    try (KvCache cache = llm.newCache(16)) {
      Tensor prefill = llm.forward(embeddings(name, features), cache); // (1, n, D)
      Tensor hidden = prefill.select(1, prefill.size(1) - 1); // (1, D)
      Tensor firstLogits = llm.logits(hidden).select(0, 0); // (V)
      ids.add(firstLogits.argmax(0).itemLong());
      while (ids.size() < count) {
        long last = ids.get(ids.size() - 1);
        hidden = llm.forward(llm.embed(Tensors.of(new long[] {last}, 1)), cache).select(1, 0);
        if (last == id("[SEG]")) {
          segHidden.add(hidden);
        }
        ids.add(llm.logits(hidden).argmax(-1).itemLong());
      }
      return new Reply(prefill, firstLogits, ids, segHidden);
    }
  }

  /** Token ids as a list. */
  public static List<Long> ids(Tensor tensor) {
    return Arrays.stream(tensor.toLongArray()).boxed().toList();
  }

  @Override
  public void close() {
    store.close();
    golden.close();
  }
}
