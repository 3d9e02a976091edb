package io.sa2va.core.adapter;

import io.sa2va.torch.DType;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.WeightException;
import io.sa2va.torch.weights.WeightSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Weights of a model as an adapter changes them: W + s·B·A where there is an adapter for a linear
 * map, the adapter's own where it has one, and else the model's. Shapes: W (out, in), A (r, in), B
 * (out, r).
 */
public final class AdaptedWeights implements WeightSource {
  private static final String WEIGHT = ".weight";

  private final WeightSource base;
  private final AdapterTensors changes;
  private final AdapterFolder description;
  private final Path folder;
  private final Set<String> names;

  /** What {@link #readPart} is in the middle of; several threads read parts of one weight. */
  private Optional<Merged> merged = Optional.empty();

  private record Merged(String name, Kept values) {}

  private AdaptedWeights(
      WeightSource base, AdapterTensors changes, AdapterFolder description, Path folder) {
    this.base = base;
    this.changes = changes;
    this.description = description;
    this.folder = folder;
    this.names = new LinkedHashSet<>(base.names());
    changes.names().stream().filter(name -> !isPart(name)).forEach(names::add);
  }

  /**
   * Joins both.
   *
   * @param base closed with this
   * @param folder of the adapter
   * @throws WeightException if its weights are damaged or change what the model does not have
   * @throws io.sa2va.error.ModelConfigException if its description is missing or not sound
   */
  public static AdaptedWeights of(WeightSource base, Path folder) {
    AdapterFolder description = AdapterFolder.read(folder);
    Path file = AdapterFolder.weights(folder);
    AdapterTensors changes = AdapterTensors.open(file);
    try {
      changes.names().stream()
          .filter(AdaptedWeights::isPart)
          .forEach(name -> requireFits(name, base, changes, file));
      return new AdaptedWeights(base, changes, description, folder);
    } catch (RuntimeException e) {
      changes.close();
      throw e;
    }
  }

  private static boolean isPart(String name) {
    return name.endsWith(AdapterFolder.LORA_A) || name.endsWith(AdapterFolder.LORA_B);
  }

  /** Both kinds of names are of one length. */
  private static String mapOf(String part) {
    return part.substring(0, part.length() - AdapterFolder.LORA_A.length());
  }

  private static void requireFits(
      String part, WeightSource base, AdapterTensors changes, Path file) {
    String map = mapOf(part);
    if (!changes.has(map + AdapterFolder.LORA_A) || !changes.has(map + AdapterFolder.LORA_B)) {
      throw new WeightException(file + " has only one half of the adapter of \"" + map + "\"");
    }
    if (!base.has(map + WEIGHT)) {
      throw new WeightException(
          file
              + " changes \""
              + map
              + WEIGHT
              + "\", which this model does not have; it belongs to"
              + " another model");
    }
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  @Override
  public boolean has(String name) {
    return names.contains(name);
  }

  @Override
  public Tensor view(String name, long... shape) {
    if (changes.has(name)) {
      requireShape(name, shape);
      return changes.view(name, shape);
    }
    return isAdapted(name) ? merge(name, shape) : base.view(name, shape);
  }

  @Override
  public Tensor read(String name, long... shape) {
    if (changes.has(name)) {
      requireShape(name, shape);
      return changes.read(name, shape);
    }
    return isAdapted(name) ? merge(name, shape) : base.read(name, shape);
  }

  @Override
  public void readPart(String name, long from, ByteBuffer into) {
    if (changes.has(name)) {
      changes.readPart(name, from, into);
    } else if (isAdapted(name)) {
      readMergedPart(name, from, into);
    } else {
      base.readPart(name, from, into);
    }
  }

  private synchronized void readMergedPart(String name, long from, ByteBuffer into) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor values = merged(name).view(-1);
      long bytes = values.dtype().bytes();
      long end = from + into.remaining();
      values.narrow(0, from / bytes, into.remaining() / bytes).withBytes(into::put);
      if (end == values.bytes()) {
        forget();
      }
    } catch (IOException e) {
      throw new WeightException("cannot read \"" + name + "\" of the adapter " + folder, e);
    }
  }

  private Tensor merged(String name) {
    if (merged.isEmpty() || !merged.get().name().equals(name)) {
      forget();
      long out = changes.info(map(name) + AdapterFolder.LORA_B).shape().get(0);
      long in = changes.info(map(name) + AdapterFolder.LORA_A).shape().get(1);
      merged = Optional.of(new Merged(name, Kept.of(merge(name, out, in))));
    }
    return merged.get().values().tensor();
  }

  private void forget() {
    merged.ifPresent(weight -> weight.values().close());
    merged = Optional.empty();
  }

  private boolean isAdapted(String name) {
    return name.endsWith(WEIGHT) && changes.has(map(name) + AdapterFolder.LORA_A);
  }

  private static String map(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length());
  }

  /** FLOAT32. */
  private Tensor merge(String name, long... shape) {
    String a = map(name) + AdapterFolder.LORA_A;
    String b = map(name) + AdapterFolder.LORA_B;
    requireShape(a, description.rank(), shape[1]);
    requireShape(b, shape[0], description.rank());
    Tensor stored = base.view(name, shape).to(DType.FLOAT32);
    return read32(b, shape[0], description.rank())
        .matmul(read32(a, description.rank(), shape[1]))
        .mul(description.scale())
        .add(stored);
  }

  private Tensor read32(String name, long... shape) {
    return changes.view(name, shape).to(DType.FLOAT32);
  }

  private void requireShape(String name, long... shape) {
    List<Long> actual = changes.info(name).shape();
    List<Long> expected = Arrays.stream(shape).boxed().toList();
    if (!actual.equals(expected)) {
      throw new WeightException(
          "\"%s\" of the adapter %s has shape %s, but %s was expected; it was trained on %s, not on this model"
              .formatted(name, folder, actual, expected, description.base()));
    }
  }

  @Override
  public synchronized void close() {
    forget();
    base.close();
    changes.close();
  }
}
