package io.sa2va.core.train;

import io.sa2va.torch.Autograd;
import io.sa2va.torch.Tensor;
import java.util.Optional;

/**
 * What one sample adds to a batch's loss, with its history.
 *
 * @param text mean cross entropy of the batch's learned tokens, as far as they are this sample's
 * @param masks where the sample has objects
 * @param way through the language model
 */
record LossTerms(Tensor text, Optional<MaskLoss.Terms> masks, LayerMemory.Way way)
    implements AutoCloseable {
  /** Leaves the gradients of the sum at the parameters. */
  void backward() {
    Autograd.backward(masks.map(m -> text.add(m.crossEntropy()).add(m.dice())).orElse(text));
    way.backward();
  }

  /** The numbers. Waits for the device. */
  LossValues values() {
    return new LossValues(
        text.item(),
        masks.map(m -> m.crossEntropy().item()).orElse(0.0),
        masks.map(m -> m.dice().item()).orElse(0.0));
  }

  @Override
  public void close() {
    way.close();
  }
}
