package io.sa2va.core.family.qwenvl;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.encode.qwenvit.QwenVitConfig;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.QwenPatcher;
import io.sa2va.error.UnsupportedModelException;
import java.nio.file.Path;
import java.util.List;

/** Reads how pictures are prepared: preprocessor_config.json, and the picture bounds of Sa2VA. */
final class ImageProcessor {
  private static final String FILE = "preprocessor_config.json";

  /** What the reference asks of the processor, whatever preprocessor_config.json says. */
  private static final int MIN_PIXELS = 512 * 28 * 28;

  private static final int MAX_PIXELS = 2048 * 28 * 28;

  /** Pillow's number for bicubic. */
  private static final int BICUBIC = 3;

  private ImageProcessor() {}

  static QwenPatcher read(Path folder, ConfigNode config, QwenVitConfig vision) {
    ConfigNode processor = ConfigNode.read(folder.resolve(FILE));
    requireAllSteps(processor);
    requireSame(processor, "patch_size", vision.patchSize());
    requireSame(processor, "merge_size", vision.merge());
    requireSame(processor, "temporal_patch_size", vision.temporalPatchSize());
    int min = config.integer("grounding_min_pixels", 1, MIN_PIXELS);
    int max = config.integer("grounding_max_pixels", 1, MAX_PIXELS);
    if (max < min) {
      throw config.error("grounding_max_pixels", "at least grounding_min_pixels, " + min);
    }
    return new QwenPatcher(
        new QwenPatcher.PatchShape(vision.patchSize(), vision.merge(), vision.temporalPatchSize()),
        min,
        max,
        normalizer(processor));
  }

  private static Normalizer normalizer(ConfigNode processor) {
    return Normalizer.of(
        positive(processor, "rescale_factor"),
        channels(processor, "image_mean", false),
        channels(processor, "image_std", true));
  }

  private static double positive(ConfigNode processor, String key) {
    double value = processor.number(key, 1 / 255.0);
    if (value <= 0) {
      throw processor.error(key, "above 0");
    }
    return value;
  }

  private static double[] channels(ConfigNode processor, String key, boolean positive) {
    List<Double> values = processor.numbers(key);
    if (values.size() != 3 || (positive && values.stream().anyMatch(value -> value <= 0))) {
      throw processor.error(key, "three numbers" + (positive ? " above 0" : ""));
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void requireAllSteps(ConfigNode processor) {
    for (String step : List.of("do_resize", "do_rescale", "do_normalize", "do_convert_rgb")) {
      if (!processor.flag(step, true)) {
        throw new UnsupportedModelException(
            processor + ": \"" + step + "\" is false, but this library always does that step");
      }
    }
    if (processor.integer("resample", 0, BICUBIC) != BICUBIC) {
      throw new UnsupportedModelException(
          processor + ": \"resample\" is not 3, but this library resizes bicubically only");
    }
  }

  private static void requireSame(ConfigNode processor, String key, int ofVision) {
    if (processor.integer(key, 1, ofVision) != ofVision) {
      throw processor.error(key, "what vision_config of config.json says, " + ofVision);
    }
  }
}
