package io.sa2va.core.train;

import io.sa2va.core.family.Family;
import java.util.List;

/**
 * What the means of a micro-batch are taken over, so that its samples can be computed one by one.
 *
 * @param tokens learned tokens
 * @param masks compared masks
 */
record BatchSize(long tokens, long masks) {
  static BatchSize of(Family family, List<Sample> samples) {
    long tokens = 0;
    long masks = 0;
    for (Sample sample : samples) {
      TrainingText text = TrainingText.of(family.template(), family.tokenizer(), sample.turns());
      tokens += text.targets().length;
      masks += sample.objects().isEmpty() ? 0 : (long) sample.frames().size() * ObjectChoice.COUNT;
    }
    return new BatchSize(tokens, masks);
  }
}
