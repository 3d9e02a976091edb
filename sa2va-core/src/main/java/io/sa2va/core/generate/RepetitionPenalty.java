package io.sa2va.core.generate;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Makes tokens that were written already less likely: positive logits are divided by the penalty,
 * negative ones multiplied (Hugging Face's {@code RepetitionPenaltyLogitsProcessor}).
 */
final class RepetitionPenalty implements Sampler {
  private final double penalty;
  private final Sampler sampler;
  private final Set<Integer> written = new LinkedHashSet<>();

  RepetitionPenalty(double penalty, Sampler sampler) {
    this.penalty = penalty;
    this.sampler = sampler;
  }

  @Override
  public int next(Tensor logits) {
    int token = sampler.next(written.isEmpty() ? logits : penalized(logits));
    written.add(token);
    return token;
  }

  private Tensor penalized(Tensor logits) {
    long[] ids = written.stream().mapToLong(Integer::longValue).toArray();
    Tensor places = Tensors.of(ids, ids.length).to(logits.device()); // (n)
    Tensor scores = logits.to(DType.FLOAT32).copy(); // (vocabulary)
    Tensor old = scores.indexSelect(0, places); // (n)
    Tensor lowered = old.gt(0).where(old.div(penalty), old.mul(penalty));
    return scores.indexCopyInPlace(0, places, lowered);
  }
}
