package io.sa2va.core.train.nano;

import io.sa2va.torch.Tensor;
import java.util.Map;

/**
 * What a stage learns.
 *
 * @param <I> what one step's samples are made of
 */
interface Objective<I> {
  /** Makes a sample; on any thread, from the number alone. */
  I prepare(long number);

  /** Its losses by name, each a scalar with its history; their sum is to become small. */
  Map<String, Tensor> losses(I sample);
}
