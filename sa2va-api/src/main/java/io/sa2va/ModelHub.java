package io.sa2va;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Hugging Face hub and its cache on this machine, which Python programs share.
 *
 * <p>{@link Sa2VA#load(String)} fetches what it needs by itself; this is for looking, fetching
 * ahead and tidying up. Thread-safe; several threads and processes may fetch the same model at
 * once.
 */
public interface ModelHub {
  /**
   * The hub and cache that the environment names.
   *
   * @return the hub
   */
  static ModelHub open() {
    return open(LoadOptions.defaults());
  }

  /**
   * The hub and cache that options name; what they leave open comes from the environment.
   *
   * @param options endpoint, cache folder, token and offline mode
   * @return the hub
   */
  static ModelHub open(LoadOptions options) {
    return Providers.find().openHub(options);
  }

  /**
   * The hub and cache that options name; what they leave open comes from the environment.
   *
   * @param options sets endpoint, cache folder, token and offline mode
   * @return the hub
   */
  static ModelHub open(Consumer<LoadOptions.Builder> options) {
    return open(LoadOptions.of(options));
  }

  /**
   * The published Sa2VA models.
   *
   * @return names {@code org/name}
   */
  List<String> published();

  /**
   * The models in the cache, complete or not.
   *
   * @return in name order
   * @throws io.sa2va.error.HubException if the cache cannot be read
   */
  List<CachedModel> cached();

  /**
   * Fetches a model into the cache. What is there is not fetched again.
   *
   * @param name {@code org/name} or {@code org/name@revision}
   * @param revision a branch, tag or commit; null for the one in the name, else {@code main}
   * @param listener is told of the progress, on this thread
   * @param cancellation ends the download within a second; what was fetched is kept
   * @return the model's folder
   * @throws io.sa2va.error.ModelNotFoundException if there is no such model
   * @throws io.sa2va.error.HubException if it cannot be fetched
   * @throws io.sa2va.error.CancelledException if it was cancelled
   */
  Path download(
      String name,
      @Nullable String revision,
      Consumer<DownloadProgress> listener,
      Cancellation cancellation);

  /**
   * Checks every file of a cached model against its checksum. Reads all of the model.
   *
   * @param name {@code org/name}, or {@code org/name@revision} for one revision
   * @param cancellation ends it early
   * @return the files that are broken or missing; empty if all is well
   * @throws io.sa2va.error.ModelNotFoundException if the model is not in the cache
   * @throws io.sa2va.error.CancelledException if it was cancelled
   */
  List<BrokenFile> verify(String name, Cancellation cancellation);

  /**
   * Removes a model with all its revisions from the cache.
   *
   * @param name {@code org/name}
   * @throws io.sa2va.error.ModelNotFoundException if the model is not in the cache
   * @throws io.sa2va.error.HubException if it is being fetched at the moment, or cannot be removed
   */
  void remove(String name);
}
