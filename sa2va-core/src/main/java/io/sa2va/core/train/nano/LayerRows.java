package io.sa2va.core.train.nano;

import io.sa2va.core.llm.LmInput;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import java.util.Optional;

/** What a layer of the language model gives at some places: N rows of width D. */
final class LayerRows implements AutoCloseable {
  private final int layer;
  private final long[] places;
  private Optional<Kept> rows = Optional.empty();

  /**
   * @param layer from 0
   * @param places of the input's positions, N
   */
  LayerRows(int layer, long[] places) {
    this.layer = layer;
    this.places = places.clone();
  }

  /** The input, watched while it is read. */
  LmInput watch(LmInput input) {
    return new LmInput(
        input.embeddings(),
        input.positions(),
        (index, hidden) -> {
          Tensor changed = input.between().after(index, hidden); // (1, T, D)
          if (index == layer) {
            Tensor at = Tensors.of(places, places.length);
            rows = Optional.of(Kept.of(changed.squeeze(0).indexSelect(0, at))); // (N, D)
          }
          return changed;
        });
  }

  /** The rows of an input that was read, as a tensor of the innermost scope: (N, D). */
  Tensor rows() {
    Tensor kept = rows.orElseThrow().tensor();
    return kept.view(kept.size(0), kept.size(1));
  }

  @Override
  public void close() {
    rows.ifPresent(Kept::close);
  }
}
