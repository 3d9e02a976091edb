package io.sa2va.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsFile;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.WeightStore;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A fixture: a small checkpoint, and what the reference computed with it, by the name of the step.
 */
public final class Golden implements AutoCloseable {
  private final Path folder;
  private final SafetensorsFile outputs;

  private Golden(Path folder) {
    this.folder = folder;
    this.outputs = SafetensorsFile.open(folder.resolve("golden.safetensors"));
  }

  public static Golden of(String family) {
    return new Golden(folder(family));
  }

  /** A fixture that is not among the test resources. */
  public static Golden at(Path folder) {
    return new Golden(folder);
  }

  public static Path folder(String family) {
    try {
      return Path.of(
          Objects.requireNonNull(
                  Golden.class.getResource("/fixtures/" + family), "no fixture " + family)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public Path checkpoint() {
    return folder.resolve("checkpoint");
  }

  public Path image() {
    return folder.resolve("images/image.png");
  }

  public Path frames() {
    return folder.resolve("images");
  }

  public Path manifest() {
    return folder.resolve("manifest.json");
  }

  /** The checkpoint's weights in float32 on the CPU. */
  public WeightStore weights() {
    return new WeightStore(
        SafetensorsWeights.open(CheckpointFiles.in(checkpoint())), Device.CPU, DType.FLOAT32);
  }

  public boolean has(String name) {
    return outputs.tensors().containsKey(name);
  }

  /** What the reference computed, in the innermost scope. */
  public Tensor tensor(String name) {
    return outputs.tensor(name);
  }

  /** ‖actual - expected‖ / ‖expected‖, after checking that the shapes agree. */
  public double relativeError(Tensor actual, String name) {
    Tensor expected = tensor(name).to(DType.FLOAT32);
    assertThat(actual.shape()).as("shape of %s", name).containsExactly(expected.shape());
    Tensor difference = actual.to(DType.FLOAT32).sub(expected);
    return Math.sqrt(difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
  }

  /**
   * Fails, naming the step, if a tensor is further from the reference's than a relative tolerance.
   */
  public void assertClose(Tensor actual, String name, double tolerance) {
    assertThat(relativeError(actual, name)).as(name).isLessThan(tolerance);
  }

  @Override
  public void close() {
    outputs.close();
  }
}
