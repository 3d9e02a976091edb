package io.sa2va.core.engine;

import io.sa2va.LoadOptions;
import io.sa2va.ModelHub;
import io.sa2va.Quantization;
import io.sa2va.Sa2VA;
import io.sa2va.Video;
import io.sa2va.core.hub.HubClient;
import io.sa2va.core.video.DecodedVideo;
import io.sa2va.spi.Sa2VAProvider;
import java.nio.file.Path;

/** What {@code ServiceLoader} finds for the public API. */
public final class Provider implements Sa2VAProvider {
  @Override
  public Sa2VA load(String nameOrFolder, LoadOptions options) {
    Path folder = HubClient.resolve(nameOrFolder, options);
    return load(nameOrFolder, folder, options);
  }

  @Override
  public Sa2VA loadBundled(LoadOptions options) {
    return load("the bundled model", BundledModel.folder(), options);
  }

  private static Sa2VA load(String name, Path folder, LoadOptions options) {
    return new Sa2VAEngine(new ModelLoader(name, folder, options), options.cancellation());
  }

  @Override
  public void quantize(Path folder, Quantization quantization, Path target) {
    new QuantizedCheckpoint(folder, quantization).write(target);
  }

  @Override
  public ModelHub openHub(LoadOptions options) {
    return HubClient.of(options);
  }

  @Override
  public Video openVideo(Path file) {
    return DecodedVideo.open(file);
  }
}
