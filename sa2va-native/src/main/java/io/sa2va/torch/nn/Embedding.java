package io.sa2va.torch.nn;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;

/** A table of vectors by id. Weights: {@code weight} (count, width). */
public final class Embedding {
  private final Tensor weight; // (count, width)

  public Embedding(Weights weights, long count, long width) {
    this.weight = weights.getLater("weight", count, width);
  }

  /** Ids (…) of type INT64 to vectors (…, width). */
  public Tensor forward(Tensor ids) {
    return Functional.embedding(weight, ids);
  }

  public Tensor weight() {
    return weight;
  }
}
