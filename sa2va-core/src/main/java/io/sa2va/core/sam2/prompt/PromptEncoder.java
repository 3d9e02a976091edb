package io.sa2va.core.sam2.prompt;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Turns points, boxes and masks into what the mask decoder reads.
 *
 * <p>Reference: {@code PromptEncoder} in sam2's prompt_encoder.py. Weights: {@code
 * sam_prompt_encoder}. Shapes: N objects, P points, C channels, h = w side of the top feature map.
 * Immutable and thread-safe.
 */
public final class PromptEncoder {
  private static final int LABELS = 4;

  private final RandomPosition position;
  private final Supplier<Tensor> labelEmbeddings; // (5, C): not a point, then labels 0 to 3
  private final MaskDownscaling maskDownscaling;
  private final Supplier<Tensor> noMask; // (1, C, 1, 1)
  private final Tensor densePosition; // (1, C, h, w)
  private final long width;
  private final int imageSize;

  /**
   * @param width channels C
   * @param imageSize side of the square picture in pixels
   * @param featureSide side h of the top feature map
   */
  public PromptEncoder(Weights weights, int width, int imageSize, int featureSide) {
    this.width = width;
    this.imageSize = imageSize;
    this.position = new RandomPosition(weights.at("pe_layer"), width);
    this.maskDownscaling = new MaskDownscaling(weights.at("mask_downscaling"), width);
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> rows = labelRows(weights, width);
      this.labelEmbeddings = weights.derive(() -> Tensors.cat(0, rows));
      Tensor noMaskEmbedding = weights.at("no_mask_embed").get("weight", 1, width);
      this.noMask = weights.derive(() -> noMaskEmbedding.view(1, width, 1, 1));
      this.densePosition = weights.keep(position.grid(featureSide).to(weights.dtype()));
    }
  }

  /** Each (1, C). */
  private static List<Tensor> labelRows(Weights weights, long width) {
    List<Tensor> rows = new ArrayList<>();
    rows.add(weights.at("not_a_point_embed").get("weight", 1, width));
    for (int label = 0; label < LABELS; label++) {
      rows.add(weights.at("point_embeddings").at(label).get("weight", 1, width));
    }
    return rows;
  }

  /** The positions of the cells of the top feature map: (1, C, h, w). */
  public Tensor densePosition() {
    return densePosition;
  }

  /** No prompt at all: a dummy point and the padding point, both "not a point". */
  public PromptTokens nothing(long objects) {
    Tensor notAPoint = labelEmbeddings.get().narrow(0, 0, 1); // (1, C)
    return new PromptTokens(notAPoint.expand(objects, 2, width), noMask.get());
  }

  /** Points and boxes, without a mask. */
  public PromptTokens points(Points points) {
    return new PromptTokens(sparse(points), noMask.get());
  }

  /** Points and boxes on top of a mask: logits (N, 1, 4h, 4h). */
  public PromptTokens pointsAndMask(Points points, Tensor mask) {
    return new PromptTokens(sparse(points), maskDownscaling.forward(mask));
  }

  /** A mask alone, logits (N, 1, 4h, 4h), with the tokens of {@link #nothing}. */
  public PromptTokens mask(Tensor mask) {
    return new PromptTokens(nothing(mask.size(0)).sparse(), maskDownscaling.forward(mask));
  }

  /** A mask alone, logits (N, 1, 4h, 4h), without any token, as for pictures. */
  public PromptTokens maskWithoutTokens(Tensor mask) {
    Tensor none = labelEmbeddings.get().narrow(0, 0, 0).expand(mask.size(0), 0, width);
    return new PromptTokens(none, maskDownscaling.forward(mask));
  }

  /** (N, P + 1, C): the points, and the padding point that stands for "no box". */
  private Tensor sparse(Points points) {
    Points padded = points.padded();
    Tensor table = labelEmbeddings.get(); // (5, C)
    Tensor places = padded.centres(imageSize).to(table.device()); // (N, P + 1, 2)
    Tensor rows = padded.labelRows().to(table.device()); // (N, P + 1)
    Tensor isPoint = rows.gt(0).to(DType.FLOAT32).unsqueeze(-1); // (N, P + 1, 1)
    Tensor embeddings =
        table.indexSelect(0, rows.flatten(0, 1)).view(rows.size(0), rows.size(1), width);
    return position.of(places).mul(isPoint).to(embeddings.dtype()).add(embeddings);
  }
}
