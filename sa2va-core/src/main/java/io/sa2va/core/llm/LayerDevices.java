package io.sa2va.core.llm;

import io.sa2va.torch.Device;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the layers of a language model are: runs of layers, each on one device. Of a model that one
 * device holds there is one run, and nothing moves.
 *
 * @param home where hidden states come from, and where they are wanted afterwards
 * @param runs in order, without gaps
 * @param mover takes hidden states over each border
 */
record LayerDevices(Device home, List<Run> runs, Mover mover) {
  /** Takes hidden states from one device to another. */
  @FunctionalInterface
  interface Mover {
    Tensor move(Tensor hidden, Device device);
  }

  /**
   * Layers on one device.
   *
   * @param from the first of them
   * @param to the one behind the last
   */
  record Run(Device device, int from, int to) {}

  LayerDevices {
    runs = List.copyOf(runs);
  }

  /** As the weights of the layers are placed. */
  static LayerDevices of(Device home, Weights layers, int count) {
    return of(
        home,
        IntStream.range(0, count).mapToObj(i -> layers.at(i).device()).toList(),
        (hidden, device) -> hidden.to(device));
  }

  /**
   * Runs of neighbours that share a device.
   *
   * @param devices of each layer
   * @param mover called for each border of a pass, those with home included
   */
  static LayerDevices of(Device home, List<Device> devices, Mover mover) {
    List<Run> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= devices.size(); i++) {
      if (i == devices.size() || !devices.get(i).equals(devices.get(from))) {
        runs.add(new Run(devices.get(from), from, i));
        from = i;
      }
    }
    return new LayerDevices(home, runs, mover);
  }

  /** The device of a layer. */
  Device of(int layer) {
    return runs.stream().filter(run -> layer < run.to()).findFirst().orElseThrow().device();
  }

  /** What a layer is given, where the layer is. */
  Tensor enter(Run run, int layer, Tensor hidden) {
    if (layer > run.from()) {
      return hidden;
    }
    Device before = layer == 0 ? home : of(layer - 1);
    return before.equals(run.device()) ? hidden : mover.move(hidden, run.device());
  }

  /** What the last layer gives, at home. */
  Tensor leave(Tensor hidden) {
    boolean atHome = runs.get(runs.size() - 1).device().equals(home);
    return atHome ? hidden : mover.move(hidden, home);
  }

  /** Whether all layers are at home. */
  boolean isOne() {
    return runs.stream().allMatch(run -> run.device().equals(home));
  }
}
