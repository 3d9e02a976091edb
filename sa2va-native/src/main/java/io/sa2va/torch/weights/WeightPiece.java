package io.sa2va.torch.weights;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a stored weight, and where it goes.
 *
 * @param target a contiguous tensor of any type on any device
 * @param at its first element that is filled
 * @param name of the stored weight
 * @param stored its type
 * @param from its first element that is read
 * @param count how many elements
 */
record WeightPiece(
    Tensor target, long at, WeightSource source, String name, DType stored, long from, long count) {

  /** The pieces of a whole weight. */
  static List<WeightPiece> split(
      Tensor target, long at, WeightSource source, String name, Tensor stored) {
    DType dtype = stored.dtype();
    long most = PieceBuffer.BYTES / dtype.bytes();
    long all = stored.numel();
    List<WeightPiece> pieces = new ArrayList<>();
    for (long from = 0; from < all; from += most) {
      long count = Math.min(most, all - from);
      pieces.add(new WeightPiece(target, at + from, source, name, dtype, from, count));
    }
    return pieces;
  }

  /** Reads it, and copies it to its place. */
  void fill(PieceBuffer buffer) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor bytes =
          buffer.read(
              target.device(),
              count * stored.bytes(),
              into -> source.readPart(name, from * stored.bytes(), into));
      target.view(-1).narrow(0, at, count).copyFrom(bytes.viewAs(stored));
    }
  }
}
