package io.sa2va.core.sam2;

import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightException;
import io.sa2va.torch.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Sa2VA checkpoint as a Sa2VA-i one: its fine-tuned mask decoder finds objects by language, and
 * the one of a published SAM2 file tracks them.
 *
 * <p>Source: tools/modify_sa2va_weights.py of Sa2VA-i, which writes such a checkpoint.
 */
public final class TwoDecoderWeights implements WeightSource {
  private static final String PLACE = "grounding_encoder.sam2_model.";
  private static final String FINE_TUNED = PLACE + "sam_mask_decoder_modified.";
  private static final String TRACKING = PLACE + OriginalDecoderNames.ORIGINAL;

  private final WeightSource checkpoint;
  private final SafetensorsWeights sam2;
  private final Set<String> names;

  private TwoDecoderWeights(WeightSource checkpoint, SafetensorsWeights sam2) {
    this.checkpoint = checkpoint;
    this.sam2 = sam2;
    this.names = withBothDecoders(checkpoint.names());
  }

  /**
   * Joins both.
   *
   * @param checkpoint closed with this
   * @param fileOrFolder SAM2's weights
   * @throws WeightException if the checkpoint has two decoders already, or there are no such
   *     weights
   */
  public static TwoDecoderWeights of(WeightSource checkpoint, Path fileOrFolder) {
    if (checkpoint.names().stream().anyMatch(name -> name.startsWith(FINE_TUNED))) {
      throw new WeightException(
          "this checkpoint has SAM2's own mask decoder already; load it without other SAM2 weights");
    }
    return new TwoDecoderWeights(checkpoint, SafetensorsWeights.open(List.of(file(fileOrFolder))));
  }

  private static Path file(Path fileOrFolder) {
    if (Files.isDirectory(fileOrFolder)) {
      return file(fileOrFolder.resolve("model.safetensors"));
    }
    if (!Files.isRegularFile(fileOrFolder)) {
      throw new WeightException("there are no SAM2 weights at " + fileOrFolder);
    }
    if (!fileOrFolder.toString().endsWith(".safetensors")) {
      throw new WeightException(
          fileOrFolder
              + " is no safetensors file; a .pt pickle is not read, since it can run code: take"
              + " the safetensors of facebook/sam2-hiera-large, or convert it");
    }
    return fileOrFolder;
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
        ? sam2.view(sam2Name(name), shape)
        : checkpoint.view(checkpointName(name), shape);
  }

  @Override
  public Tensor read(String name, long... shape) {
    return isTracking(name)
        ? sam2.read(sam2Name(name), shape)
        : checkpoint.read(checkpointName(name), shape);
  }

  @Override
  public void readPart(String name, long from, ByteBuffer into) {
    if (isTracking(name)) {
      sam2.readPart(sam2Name(name), from, into);
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
    String own = name.substring(TRACKING.length());
    String original = OriginalDecoderNames.ORIGINAL + own;
    return Stream.of(original, OriginalDecoderNames.huggingFace(own))
        .filter(sam2::has)
        .findFirst()
        .orElse(original);
  }

  @Override
  public void close() {
    checkpoint.close();
    sam2.close();
  }
}
