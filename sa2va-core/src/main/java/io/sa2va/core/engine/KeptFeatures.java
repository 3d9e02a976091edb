package io.sa2va.core.engine;

import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.Kept;
import java.util.List;
import java.util.stream.Stream;

/** Owns the features of one frame beyond the scope that made them. */
public final class KeptFeatures implements AutoCloseable {
  private final FrameFeatures features;
  private final List<Kept> owned;

  private KeptFeatures(FrameFeatures features) {
    this.features = features;
    this.owned =
        Stream.of(
                features.top(),
                features.details().fine(),
                features.details().middle(),
                features.languageDetails().fine(),
                features.languageDetails().middle())
            .map(Kept::of)
            .toList();
  }

  /** Takes features of the innermost scope. */
  public static KeptFeatures of(FrameFeatures features) {
    return new KeptFeatures(features);
  }

  /** The features, borrowed. */
  public FrameFeatures features() {
    return features;
  }

  @Override
  public void close() {
    owned.forEach(Kept::close);
  }
}
