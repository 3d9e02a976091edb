package io.sa2va.core.engine;

import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.Upload;
import java.util.List;

/**
 * Prepares pictures for SAM2's square input, and encodes them, each as the reference does for its
 * task. Immutable.
 */
final class SamPictures {
  private final Sam2 sam2;
  private final Normalizer language = Normalizer.sam2();
  private final Normalizer plain = Normalizer.imageNet();

  SamPictures(Sam2 sam2) {
    this.sam2 = sam2;
  }

  /** For prompts of the language model: {@code preprocess_image} in Sa2VA's sam2.py. */
  FrameFeatures encodeForLanguage(RgbPixels picture) {
    return encode(prepareForLanguage(picture));
  }

  /** The first half of that, which any thread may do. To be closed. */
  Upload prepareForLanguage(RgbPixels picture) {
    return prepare(picture, language);
  }

  /** For tracking without language: {@code _load_img_as_tensor} in SAM2's utils/misc.py. */
  Upload prepareForTracking(RgbPixels frame) {
    return prepare(frame, plain);
  }

  /** The second half of either, which closes what was prepared. */
  FrameFeatures encode(Upload prepared) {
    try (prepared) {
      return sam2.encode(prepared.tensor());
    }
  }

  /** For prompts on one picture: {@code SAM2Transforms}, which resizes after normalising. */
  FrameFeatures encodeForPrompts(RgbPixels picture) {
    Tensor pixels =
        Tensors.of(plain.normalize(List.of(picture)), 1, 3, picture.height(), picture.width());
    int side = sam2.imageSize();
    return sam2.encode(Functional.resizeBilinearAntialias(pixels, side, side));
  }

  private Upload prepare(RgbPixels picture, Normalizer normalizer) {
    int side = sam2.imageSize();
    RgbPixels square = PillowResize.bicubic(picture, side, side);
    return Upload.start(normalizer.normalize(List.of(square)), sam2.device(), 1, 3, side, side);
  }
}
