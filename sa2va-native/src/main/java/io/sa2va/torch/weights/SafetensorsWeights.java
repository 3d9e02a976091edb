package io.sa2va.torch.weights;

import io.sa2va.torch.Tensor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The weights of one or several safetensors files. */
public final class SafetensorsWeights implements WeightSource {
  private final List<SafetensorsFile> files = new ArrayList<>();
  private final Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();

  private SafetensorsWeights() {}

  /**
   * Opens all files of a checkpoint.
   *
   * @throws WeightException if a file is not sound, or two files hold the same name
   */
  public static SafetensorsWeights open(List<Path> paths) {
    SafetensorsWeights weights = new SafetensorsWeights();
    try {
      for (Path path : paths) {
        weights.add(SafetensorsFile.open(path));
      }
      return weights;
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  private void add(SafetensorsFile file) {
    files.add(file);
    for (String name : file.tensors().keySet()) {
      SafetensorsFile other = fileOf.putIfAbsent(name, file);
      if (other != null) {
        throw new WeightException(
            "weight \"" + name + "\" is in both " + other.path() + " and " + file.path());
      }
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(fileOf.keySet());
  }

  @Override
  public boolean has(String name) {
    return fileOf.containsKey(name);
  }

  /** What the header says of a weight. */
  public TensorInfo info(String name) {
    return file(name).tensors().get(name);
  }

  /**
   * Demands a weight, without touching its data.
   *
   * @throws WeightException if there is none of that name, or it has another shape
   */
  public void require(String name, long... shape) {
    fileWith(name, shape);
  }

  @Override
  public Tensor view(String name, long... shape) {
    return fileWith(name, shape).tensor(name);
  }

  @Override
  public Tensor read(String name, long... shape) {
    return fileWith(name, shape).read(name);
  }

  @Override
  public void readPart(String name, long from, ByteBuffer into) {
    file(name).readPart(name, from, into);
  }

  private SafetensorsFile fileWith(String name, long... shape) {
    SafetensorsFile file = file(name);
    long[] actual = file.tensors().get(name).shapeArray();
    if (!Arrays.equals(actual, shape)) {
      throw new WeightException(
          "weight \""
              + name
              + "\" in "
              + file.path()
              + " has shape "
              + Arrays.toString(actual)
              + ", but the configuration asks for "
              + Arrays.toString(shape)
              + "; check that config.json belongs to these weights");
    }
    return file;
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      throw new WeightException(
          "weight \""
              + name
              + "\" is missing from "
              + files.stream().map(f -> f.path().toString()).toList()
              + "; check that config.json belongs to these weights and that no shard is missing");
    }
    return file;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
