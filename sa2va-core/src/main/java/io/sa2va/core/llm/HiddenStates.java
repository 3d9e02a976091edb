package io.sa2va.core.llm;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.RmsNorm;

/**
 * Where a language model's hidden states are taken, of which those of {@code [SEG]} prompt the
 * masks: what the reference finds in {@code hidden_states[-1]}.
 */
public enum HiddenStates {
  /** As everywhere else. */
  AFTER_NORM {
    @Override
    Tensor of(Tensor lastLayer, RmsNorm norm) {
      return norm.forward(lastLayer);
    }

    @Override
    Tensor forHead(Tensor states, RmsNorm norm) {
      return states;
    }
  },

  /**
   * Qwen3-VL's, in training and inference: transformers 4.57 records the outputs of its layers, and
   * puts the normalised ones in the place of the last for models without a head only ({@code
   * check_model_inputs}).
   */
  BEFORE_NORM {
    @Override
    Tensor of(Tensor lastLayer, RmsNorm norm) {
      return lastLayer;
    }

    @Override
    Tensor forHead(Tensor states, RmsNorm norm) {
      return norm.forward(states);
    }
  };

  /** The hidden states, of what the last layer gives: (1, T, D) → (1, T, D). */
  abstract Tensor of(Tensor lastLayer, RmsNorm norm);

  /** What the head takes, of the hidden states: (…, D) → (…, D). */
  abstract Tensor forHead(Tensor states, RmsNorm norm);
}
