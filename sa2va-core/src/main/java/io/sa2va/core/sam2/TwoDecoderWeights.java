package io.sa2va.core.sam2;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.WeightException;
import io.sa2va.torch.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A Sa2VA checkpoint as a Sa2VA-i one: its fine-tuned mask decoder finds objects by language, and
 * the one of a published SAM2 file tracks them.
 *
 * <p>Source: tools/modify_sa2va_weights.py of Sa2VA-i, which writes such a checkpoint.
 */
public final class TwoDecoderWeights implements WeightSource {
  private static final String FINE_TUNED = Sam2File.PLACE + "sam_mask_decoder_modified.";
  private static final String TRACKING = Sam2File.PLACE + "sam_mask_decoder.";

  private final WeightSource checkpoint;
  private final Sam2File sam2;
  private final Set<String> names;

  private TwoDecoderWeights(WeightSource checkpoint, Sam2File sam2) {
    this.checkpoint = checkpoint;
    this.sam2 = sam2;
    this.names = withBothDecoders(checkpoint.names());
  }

  /**
   * Joins both.
   *
   * @param checkpoint closed with this
   * @param fileOrFolder SAM2's weights
   * @throws WeightException if the checkpoint has two decoders already, there are no such weights,
   *     or they are those of a Sa2VA, without SAM2's own decoder
   */
  public static TwoDecoderWeights of(WeightSource checkpoint, Path fileOrFolder) {
    if (checkpoint.names().stream().anyMatch(name -> name.startsWith(FINE_TUNED))) {
      throw new WeightException(
          "this checkpoint has SAM2's own mask decoder already; load it without other SAM2"
              + " weights");
    }
    Sam2File sam2 = Sam2File.open(fileOrFolder);
    if (!sam2.hasPublishedDecoder()) {
      sam2.close();
      throw new WeightException(
          fileOrFolder
              + " is a Sa2VA checkpoint, whose mask decoder was fine-tuned; name the published"
              + " weights of SAM2, such as the safetensors of facebook/sam2-hiera-large");
    }
    return new TwoDecoderWeights(checkpoint, sam2);
  }

  private static Set<String> withBothDecoders(Set<String> stored) {
    Set<String> names = new LinkedHashSet<>(stored);
    for (String name : stored) {
      if (name.startsWith(TRACKING)) {
        names.add(FINE_TUNED + name.substring(TRACKING.length()));
      }
    }
    return Collections.unmodifiableSet(names);
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public boolean has(String name) {
    return names.contains(name);
  }

  @Override
  public Tensor view(String name, long... shape) {
    return isTracking(name)
        ? sam2.files().view(sam2Name(name), shape)
        : checkpoint.view(checkpointName(name), shape);
  }

  @Override
  public Tensor read(String name, long... shape) {
    return isTracking(name)
        ? sam2.files().read(sam2Name(name), shape)
        : checkpoint.read(checkpointName(name), shape);
  }

  @Override
  public void readPart(String name, long from, ByteBuffer into) {
    if (isTracking(name)) {
      sam2.files().readPart(sam2Name(name), from, into);
    } else {
      checkpoint.readPart(checkpointName(name), from, into);
    }
  }

  private static boolean isTracking(String name) {
    return name.startsWith(TRACKING);
  }

  private static String checkpointName(String name) {
    return name.startsWith(FINE_TUNED) ? TRACKING + name.substring(FINE_TUNED.length()) : name;
  }

  private String sam2Name(String name) {
    return sam2.storedName(name.substring(Sam2File.PLACE.length()));
  }

  @Override
  public void close() {
    checkpoint.close();
    sam2.close();
  }
}
