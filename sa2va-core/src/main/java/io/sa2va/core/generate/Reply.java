package io.sa2va.core.generate;

import io.sa2va.FinishReason;
import io.sa2va.torch.Tensor;
import java.util.List;

/**
 * What the language model wrote.
 *
 * @param tokens all generated ids, an end token included
 * @param finishReason why it ended
 * @param segHidden the hidden state (1, D) of each {@code [SEG]} that has one, in order
 */
public record Reply(List<Integer> tokens, FinishReason finishReason, List<Tensor> segHidden) {
  public Reply {
    tokens = List.copyOf(tokens);
    segHidden = List.copyOf(segHidden);
  }
}
