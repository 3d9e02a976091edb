package io.sa2va.core.sam2.decoder;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;

/** Which of an object's M masks has the best predicted quality. */
final class BestMask {
  private final Tensor rows; // (N), indices into (N·M, …)

  private BestMask(Tensor rows) {
    this.rows = rows;
  }

  /** From predicted qualities (N, M); of equal ones the first wins. */
  static BestMask of(Tensor iou) {
    Tensor all = Tensors.arange(iou.numel(), DType.INT64, iou.device()).view(iou.shape()); // (N, M)
    Tensor first = all.select(1, 0); // (N)
    return new BestMask(first.add(iou.argmax(-1)));
  }

  /** (N, M, …) → (N, 1, …). */
  Tensor pick(Tensor x) {
    return x.flatten(0, 1).indexSelect(0, rows).unsqueeze(1);
  }
}
