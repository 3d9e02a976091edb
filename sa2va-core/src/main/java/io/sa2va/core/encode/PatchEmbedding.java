package io.sa2va.core.encode;

import io.sa2va.torch.DType;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.nn.Conv2d;
import io.sa2va.torch.weights.Weights;

/**
 * Cuts pictures into patches and turns each into a vector, with a class token in front and position
 * embeddings added.
 *
 * <p>Reference: {@code InternVisionEmbeddings}. Weights: {@code embeddings.*}. Shapes: B pictures,
 * P side of a picture in pixels, g patches along a side, D width.
 */
final class PatchEmbedding {
  private final Tensor classEmbedding; // (1, 1, D)
  private final Conv2d patchEmbedding;
  private final Tensor positionEmbedding; // (1, 1 + G², D), G the grid of the configured size
  private final long grid;
  private final long width;

  PatchEmbedding(VisionConfig config, Weights weights) {
    this.width = config.hiddenSize();
    this.grid = config.grid();
    this.classEmbedding = weights.get("class_embedding", 1, 1, width);
    this.patchEmbedding =
        Conv2d.of(
            weights.at("patch_embedding"), 3, width, config.patchSize(), config.patchSize(), 0);
    this.positionEmbedding = weights.get("position_embedding", 1, 1 + grid * grid, width);
  }

  /** Pictures (B, 3, P, P) → (B, 1 + g², D). */
  Tensor forward(Tensor pictures) {
    Tensor patches = patchEmbedding.forward(pictures); // (B, D, g, g)
    long rows = patches.size(2);
    long columns = patches.size(3);
    Tensor tokens = patches.flatten(2, 3).transpose(1, 2); // (B, g², D)
    Tensor first = classEmbedding.expand(tokens.size(0), 1, width); // (B, 1, D)
    return Tensors.cat(1, first, tokens).add(positions(rows, columns)); // (B, 1 + g², D)
  }

  /** (1, 1 + rows·columns, D): the trained grid, resized where the pictures have another. */
  private Tensor positions(long rows, long columns) {
    if (rows == grid && columns == grid) {
      return positionEmbedding;
    }
    Tensor trained = positionEmbedding.narrow(1, 1, grid * grid).to(DType.FLOAT32);
    Tensor image = trained.view(1, grid, grid, width).permute(0, 3, 1, 2); // (1, D, G, G)
    Tensor resized = Functional.resizeBicubic(image, rows, columns).flatten(2, 3).transpose(1, 2);
    Tensor ofClass = positionEmbedding.narrow(1, 0, 1);
    return Tensors.cat(1, ofClass, resized.to(positionEmbedding.dtype()));
  }
}
