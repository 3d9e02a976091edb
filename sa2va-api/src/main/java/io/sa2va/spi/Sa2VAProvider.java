package io.sa2va.spi;

import io.sa2va.LoadOptions;
import io.sa2va.ModelHub;
import io.sa2va.Quantization;
import io.sa2va.Sa2VA;
import io.sa2va.Video;
import java.nio.file.Path;

/**
 * Makes models and opens video files; found by {@link java.util.ServiceLoader}.
 *
 * <p>Implementations have a public constructor without parameters, are cheap to make and
 * thread-safe.
 */
public interface Sa2VAProvider {
  /**
   * Loads a model.
   *
   * @param nameOrFolder a folder on this machine if there is one of that name, else a hub name such
   *     as {@code ByteDance/Sa2VA-4B}
   * @param options how to load it
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  Sa2VA load(String nameOrFolder, LoadOptions options);

  /**
   * Loads the small model that comes with the library.
   *
   * @param options how to load it
   * @return the model, to be closed by the caller
   */
  Sa2VA loadBundled(LoadOptions options);

  /**
   * Writes a checkpoint with fewer bits for the language model's weights.
   *
   * @param folder of the original checkpoint
   * @param quantization other than {@link Quantization#NONE}
   * @param target an empty folder, or one that is not there yet; it appears when all is written
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when it cannot be read or written
   */
  void quantize(Path folder, Quantization quantization, Path target);

  /**
   * Opens a video file.
   *
   * @param file the video file
   * @return the video, to be closed by the caller
   * @throws io.sa2va.error.InvalidVideoException when it cannot be read as a video
   */
  Video openVideo(Path file);

  /**
   * Opens the hub and its cache.
   *
   * @param options endpoint, cache folder, token and offline mode
   * @return the hub
   */
  ModelHub openHub(LoadOptions options);
}
