package io.sa2va.core.llm;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Replay;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Embedding;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.RmsNorm;
import io.sa2va.torch.weights.Weights;
import java.util.function.IntConsumer;

/**
 * A {@link CausalLm} on rotary positions: token table, {@link Decoder}, norm, head. Every
 * checkpoint's language model is one.
 */
final class TransformerLm implements CausalLm {
  private final LlmConfig config;
  private final Embedding embedding;
  private final Rope rope;
  private final Decoder decoder;
  private final RmsNorm norm;
  private final Linear head;
  private final Device device;
  private final Device headDevice;

  /**
   * Reads the weights.
   *
   * @param weights where {@code parts} are read from: its type is the model's, and its device that
   *     of all but perhaps some layers and the head
   * @param headDevice where the head is, unless it is the token table
   */
  TransformerLm(LlmConfig config, LlmWeights parts, Weights weights, Device headDevice) {
    this.config = config;
    this.device = weights.device();
    this.headDevice = config.tieWordEmbeddings() ? device : headDevice;
    this.embedding = parts.embedding();
    this.rope = new Rope(config.rope(), config.axes(), device);
    this.decoder = new Decoder(config, parts, weights);
    this.norm = parts.norm();
    this.head = config.tieWordEmbeddings() ? parts.tiedHead(embedding) : parts.head();
  }

  @Override
  public Tensor embed(Tensor ids) {
    return embedding.forward(ids.to(embedding.weight().device())).unsqueeze(0); // (1, T, D)
  }

  @Override
  public Tensor forward(LmInput input, KvCache cache) {
    try (TensorScope scope = TensorScope.open()) {
      RotaryPositions rotations = rope.at(input.positions(), cache.nextPosition());
      Tensor lastLayer = decoder.forward(input, cache, rotations); // (1, T, D)
      return scope.handUp(config.hiddenStates().of(lastLayer, norm)); // (1, T, D)
    }
  }

  @Override
  public Recomputation recompute(LmInput input, IntConsumer beforeLayer) {
    return new Recomputation(decoder, input, rope.at(input.positions(), 0), beforeLayer);
  }

  @Override
  public Tensor hidden(Recomputation way) {
    return config.hiddenStates().of(way.lastLayer(), norm); // (1, T, D)
  }

  @Override
  public Tensor logits(Tensor hidden) {
    Tensor states = config.hiddenStates().forHead(hidden, norm);
    return head.forward(headDevice.equals(device) ? states : states.to(headDevice)); // (…, V)
  }

  @Override
  public KvCache newCache(int capacity) {
    return decoder.newCache(capacity);
  }

  @Override
  public DecodeStep openStep(KvCache cache) {
    return openStep(cache, Replay::of);
  }

  DecodeStep openStep(KvCache cache, DecodeStep.Replays replays) {
    return new DecodeStep(this, cache, replays);
  }

  StepPosition stepPosition(KvCache cache, long capacity) {
    return new StepPosition(
        config.rope(), config.windows(), cache, capacity, device, decoder.cacheType());
  }

  /** One word after what a cache holds, on the device alone: (1) → its hidden state (1, 1, D). */
  Tensor step(Tensor token, KvCache cache, StepPosition position) {
    try (TensorScope scope = TensorScope.open()) {
      RotaryPositions rotation = position.look();
      Tensor lastLayer = decoder.step(embed(token), cache.inPlace(position), rotation);
      return scope.handUp(config.hiddenStates().of(lastLayer, norm)); // (1, 1, D)
    }
  }

  @Override
  public boolean decodesInPlace() {
    return decodesInPlace(decoder.devices(), headDevice);
  }

  /** A graph is of one device: neither layers nor head may be on another. */
  static boolean decodesInPlace(LayerDevices layers, Device head) {
    return head.isCuda() && layers.isOne() && layers.home().equals(head);
  }

  /** Where it begins and ends. */
  Device device() {
    return device;
  }

  /** The type that it computes in. */
  DType dtype() {
    return embedding.weight().dtype();
  }

  @Override
  public int vocabSize() {
    return config.vocabSize();
  }

  @Override
  public int hiddenSize() {
    return config.hiddenSize();
  }

  @Override
  public int contextLength() {
    return config.contextLength();
  }
}
