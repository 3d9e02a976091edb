package io.sa2va.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.GenerationOptions;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.api.Test;

class RepetitionPenaltyTest {
  @Test
  void next_writtenTokens_becomeLessLikely() {
    Sampler sampler = Sampler.of(GenerationOptions.of(options -> options.repetitionPenalty(2)));
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = Tensors.of(new float[] {3, 2.5f, 2, -1}, 4);
      assertThat(sampler.next(logits)).isEqualTo(0); // then 1.5
      assertThat(sampler.next(logits)).isEqualTo(1); // then 1.25
      assertThat(sampler.next(logits)).isEqualTo(2); // then 1
      assertThat(sampler.next(logits)).isEqualTo(0);
      assertThat(logits.toFloatArray()).containsExactly(3, 2.5f, 2, -1);
    }
  }

  @Test
  void next_negativeLogit_movesFurtherDown() {
    Sampler sampler = Sampler.of(GenerationOptions.of(options -> options.repetitionPenalty(2)));
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = Tensors.of(new float[] {-1, -1.5f}, 2);
      assertThat(sampler.next(logits)).isEqualTo(0); // then -2
      assertThat(sampler.next(logits)).isEqualTo(1);
    }
  }
}
