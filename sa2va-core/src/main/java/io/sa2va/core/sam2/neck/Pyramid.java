package io.sa2va.core.sam2.neck;

import io.sa2va.torch.Tensor;

/**
 * The three feature maps of a picture that SAM2 uses, all d channels wide.
 *
 * @param fine (1, d, S / 4, S / 4)
 * @param middle (1, d, S / 8, S / 8)
 * @param top (1, d, S / 16, S / 16)
 */
public record Pyramid(Tensor fine, Tensor middle, Tensor top) {}
