package io.sa2va.core.train.nano;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.nn.Linear;
import io.sa2va.torch.nn.Mlp;
import io.sa2va.torch.weights.Weights;

/**
 * What helps Nano to learn and is thrown away afterwards. Shapes: N objects or tokens, D width of
 * the language model, C width of SAM2, L length of a {@link TargetDescriptor}.
 */
final class NanoHeads {
  private static final long TEACHER_WIDTH = 192;

  private final Tensor positions; // (cells, C)
  private final Mlp teacher;
  private final Linear descriptor;
  private final Linear sight;
  private final Linear grid;
  private final Linear noun;
  private final Linear relation;
  private final Linear motion;
  private final Linear action;

  /**
   * @param width D
   * @param positions of the cells of SAM2's top feature map (1, C, h, w)
   */
  NanoHeads(Weights weights, long width, Tensor positions) {
    long promptWidth = positions.size(1);
    try (TensorScope scope = TensorScope.open()) {
      this.positions = weights.keep(TargetDescriptor.perCell(positions));
    }
    this.teacher =
        new Mlp(
            weights.at("teacher"),
            Tensor::gelu,
            TargetDescriptor.LENGTH,
            TEACHER_WIDTH,
            TEACHER_WIDTH,
            promptWidth);
    this.descriptor = Linear.of(weights.at("descriptor"), width, TargetDescriptor.LENGTH);
    this.noun = Linear.of(weights.at("noun"), width, NounObjective.TOLD);
    this.relation = Linear.of(weights.at("relation"), width, TargetDescriptor.EXTENT);
    this.motion = Linear.of(weights.at("motion"), width, CellActions.ACTIONS);
    this.action = Linear.of(weights.at("action"), width, CellActions.ACTIONS);
    this.grid =
        Linear.of(weights.at("grid"), width, (long) CellLabels.TOKEN_GRID * CellLabels.TOKEN_GRID);
    this.sight =
        Linear.of(
            weights.at("sight"), width, (long) CellLabels.CELLS_PER_TOKEN * CellLabels.PER_CELL);
  }

  /**
   * What SAM2 is told where the language model does not speak yet: where the target is, in the
   * words that SAM2 has for points, and more that is learned. (N, L) → (N, C).
   */
  Tensor teach(Tensor descriptors) {
    Tensor place = TargetDescriptor.shares(descriptors).matmul(positions); // (N, C)
    return place.add(teacher.forward(descriptors));
  }

  /** What a hidden state says of its target, as logits: (N, D) → (N, L). */
  Tensor describe(Tensor hidden) {
    return descriptor.forward(hidden);
  }

  /** What a noun speaks of, how many those are, and how large: (N, D) → (N, told). */
  Tensor noun(Tensor hidden) {
    return noun.forward(hidden);
  }

  /**
   * How much larger a noun's shapes are than the next noun's, and where from it: (N, D) → (N, 3).
   */
  Tensor relate(Tensor hidden) {
    return relation.forward(hidden);
  }

  /** What image tokens say that the shape they show does, as logits: (N, D) → (N, actions). */
  Tensor move(Tensor tokens) {
    return motion.forward(tokens);
  }

  /** What a noun says that its shapes do, as logits: (N, D) → (N, actions). */
  Tensor act(Tensor hidden) {
    return action.forward(hidden);
  }

  /** Where image tokens say they are, as logits: (N, D) → (N, 64). */
  Tensor locate(Tensor tokens) {
    return grid.forward(tokens);
  }

  /** What image tokens say of their cells: (N, D) → (N, values of its cells). */
  Tensor see(Tensor tokens) {
    return sight.forward(tokens);
  }
}
