package io.sa2va.core.sam2.neck;

import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A feature pyramid: every stage of the trunk is projected to one width, and the coarse levels are
 * added to the next finer ones.
 *
 * <p>Reference: {@code FpnNeck} in sam2's image_encoder.py. Weights: {@code
 * image_encoder.neck.convs.N.conv}, N counting from the coarsest level.
 */
final class FpnNeck {
  private final List<Conv2d> laterals = new ArrayList<>();
  private final List<Integer> topDownLevels;

  FpnNeck(NeckConfig config, Weights weights, int width) {
    for (int i = 0; i < config.trunkWidths().size(); i++) {
      Weights conv = weights.at("convs").at(i).at("conv");
      laterals.add(Conv2d.pointwise(conv, config.trunkWidths().get(i), width));
    }
    this.topDownLevels = config.topDownLevels();
  }

  /**
   * Projects and adds.
   *
   * @param stages maps of the trunk's four stages, finest first
   */
  Pyramid forward(List<Tensor> stages) {
    Tensor coarsest = lateral(stages, 3); // (1, d, S/32, S/32)
    Tensor top = withTopDown(stages, 2, coarsest); // (1, d, S/16, S/16)
    Tensor middle = withTopDown(stages, 1, top); // (1, d, S/8, S/8)
    Tensor fine = withTopDown(stages, 0, middle); // (1, d, S/4, S/4)
    return new Pyramid(fine, middle, top);
  }

  private Tensor withTopDown(List<Tensor> stages, int level, Tensor coarser) {
    Tensor own = lateral(stages, level);
    return topDownLevels.contains(level) ? own.add(Functional.upsampleNearest(coarser, 2)) : own;
  }

  private Tensor lateral(List<Tensor> stages, int level) {
    return laterals.get(laterals.size() - 1 - level).forward(stages.get(level));
  }
}
