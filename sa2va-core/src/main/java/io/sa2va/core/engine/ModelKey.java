package io.sa2va.core.engine;

import io.sa2va.Quantization;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.torch.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What two loads must have in common to share their weights.
 *
 * @param files of the checkpoint
 * @param sam2 files of SAM2's own weights; empty for none
 * @param adapters files of each adapter, in the order in which they change the weights
 * @param device that was asked for; auto where it depends on what GPUs have left, so that a model
 *     is found again that has taken their memory itself
 * @param dtype that was asked for, or is the best on that device
 * @param quantization that was asked for
 */
record ModelKey(
    List<FileStamp> files,
    List<FileStamp> sam2,
    List<List<FileStamp>> adapters,
    io.sa2va.Device device,
    DType dtype,
    Quantization quantization) {
  private static final Set<String> ENDINGS = Set.of("json", "safetensors", "txt", "model", "jinja");

  /** The state of a file, by which a change is noticed without reading it. */
  record FileStamp(Path path, long bytes, FileTime modified, String identity) {
    static FileStamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileStamp(
            file, now.size(), now.lastModifiedTime(), String.valueOf(now.fileKey()));
      } catch (IOException e) {
        throw new ModelNotFoundException("cannot look at the model's file " + file + ": " + e, e);
      }
    }
  }

  static ModelKey of(
      Path folder,
      @Nullable Path sam2,
      List<Path> adapters,
      io.sa2va.Device device,
      DType dtype,
      Quantization quantization) {
    return new ModelKey(
        stamps(folder),
        sam2 == null ? List.of() : stamps(sam2),
        adapters.stream().map(ModelKey::stamps).toList(),
        device,
        dtype,
        quantization);
  }

  private static List<FileStamp> stamps(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return Files.exists(fileOrFolder)
          ? List.of(FileStamp.of(fileOrFolder.toAbsolutePath()))
          : List.of();
    }
    List<FileStamp> stamps = new ArrayList<>();
    try (Stream<Path> files = Files.list(fileOrFolder.toRealPath())) {
      files.filter(ModelKey::isOfModel).sorted().forEach(file -> stamps.add(FileStamp.of(file)));
    } catch (IOException e) {
      throw new ModelNotFoundException("cannot list the model's folder " + fileOrFolder, e);
    }
    return List.copyOf(stamps);
  }

  private static boolean isOfModel(Path file) {
    String name = file.getFileName().toString();
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
  }
}
