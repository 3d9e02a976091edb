package io.sa2va.core.sam2;

import com.google.common.primitives.Longs;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.PendingTensor;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.TensorInfo;
import io.sa2va.torch.weights.WeightException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Published weights of SAM2, by the names that a Sa2VA checkpoint gives them below {@link #PLACE}:
 * those of the original code, with {@code g_weight} for {@code gamma}. A file of Hugging Face's
 * names, or a Sa2VA checkpoint, which has all of SAM2 in it, will do as well.
 */
public final class Sam2File implements AutoCloseable {
  /** Where a Sa2VA checkpoint has SAM2. */
  public static final String PLACE = "grounding_encoder.sam2_model.";

  private static final String POINT = "sam_prompt_encoder.point_embeddings.";
  private static final int POINTS = 4;
  private static final String LANGUAGE_DECODER = PLACE + "sam_mask_decoder_modified.";

  private final Path place;
  private final SafetensorsWeights files;
  private final Map<String, Stored> stored = new LinkedHashMap<>();

  /** A weight, or one row of it. */
  private record Stored(String name, int row) {
    static final int ALL = -1;
  }

  private Sam2File(Path place, SafetensorsWeights files) {
    this.place = place;
    this.files = files;
    boolean huggingFace = files.names().stream().anyMatch(HuggingFaceNames::isOne);
    boolean sa2va = files.names().stream().anyMatch(name -> name.startsWith(PLACE));
    for (String name : files.names()) {
      if (huggingFace) {
        addHuggingFace(name);
      } else if (!sa2va) {
        add(name.replaceFirst("\\.gamma$", ".g_weight"), name);
      } else if (name.startsWith(PLACE)) {
        add(name.substring(PLACE.length()), name);
      }
    }
  }

  private void add(String original, String name) {
    stored.put(original, new Stored(name, Stored.ALL));
  }

  private void addHuggingFace(String name) {
    HuggingFaceNames.original(name).ifPresent(original -> add(original, name));
    if (name.equals(HuggingFaceNames.POINTS)) {
      requirePoints(files.info(name).shape());
      for (int row = 0; row < POINTS; row++) {
        stored.put(POINT + row + ".weight", new Stored(name, row));
      }
    }
  }

  private void requirePoints(List<Long> shape) {
    if (shape.size() != 2 || shape.get(0) != POINTS) {
      throw new WeightException(
          "weight \"%s\" in %s has shape %s, but SAM2's has %d rows, one for each kind of point; fetch the file again"
              .formatted(HuggingFaceNames.POINTS, place, shape, POINTS));
    }
  }

  /**
   * Opens the weights.
   *
   * @param fileOrFolder a safetensors file, or the folder of a checkpoint
   * @throws WeightException if there are none, or they are damaged
   */
  public static Sam2File open(Path fileOrFolder) {
    SafetensorsWeights files = SafetensorsWeights.open(files(fileOrFolder));
    try {
      return new Sam2File(fileOrFolder, files);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private static List<Path> files(Path fileOrFolder) {
    if (Files.isDirectory(fileOrFolder)) {
      return CheckpointFiles.in(fileOrFolder);
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
    return List.of(fileOrFolder);
  }

  /** All weights, to be written below {@link #PLACE}; borrows this. */
  public Map<String, PendingTensor> tensors() {
    Map<String, PendingTensor> tensors = new LinkedHashMap<>();
    stored.forEach((name, place) -> tensors.put(PLACE + name, pending(place)));
    return tensors;
  }

  private PendingTensor pending(Stored place) {
    TensorInfo info = files.info(place.name());
    long[] all = Longs.toArray(info.shape());
    if (place.row() == Stored.ALL) {
      return new PendingTensor(info.dtype(), info.shape(), () -> files.view(place.name(), all));
    }
    return new PendingTensor(
        info.dtype(),
        List.of(1L, all[1]),
        () -> files.view(place.name(), all).narrow(0, place.row(), 1));
  }

  /**
   * Whether the mask decoder is SAM2's own: a Sa2VA checkpoint has it beside the fine-tuned one.
   */
  boolean hasPublishedDecoder() {
    return files.names().stream().noneMatch(name -> name.startsWith(PLACE))
        || files.names().stream().anyMatch(name -> name.startsWith(LANGUAGE_DECODER));
  }

  /** The files themselves. */
  SafetensorsWeights files() {
    return files;
  }

  /**
   * What a weight is called in the files.
   *
   * @param name of a whole weight, as in a Sa2VA checkpoint
   */
  String storedName(String name) {
    Stored place = stored.get(name);
    return place == null ? name : place.name();
  }

  @Override
  public void close() {
    files.close();
  }
}
