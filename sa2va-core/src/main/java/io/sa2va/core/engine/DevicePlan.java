package io.sa2va.core.engine;

import io.sa2va.torch.Device;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.WeightPlacement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which device holds which part of a model that one may be too small for: the first has all but the
 * language model's layers, which follow in order, each on the first device that has room left, and
 * the head goes with the last of them. Hidden states then cross each border once.
 *
 * @param first has vision tower, SAM2, projectors and token table
 * @param layers the device of each layer of the language model
 */
record DevicePlan(Device first, List<Device> layers, Device head) implements WeightPlacement {
  /** What computing needs besides weights, on each device. */
  static final long RESERVE = 3L << 29;

  private static final Pattern LAYER =
      Pattern.compile(
          "(?:(?:^|\\.)language_model\\.(?:model\\.)?|^model\\.model\\.)layers\\.(\\d+)\\.");
  private static final Pattern HEAD =
      Pattern.compile("(?:^|\\.)(?:lm_head|language_model\\.output)\\.");

  /**
   * What a device has left.
   *
   * @param freeBytes of its memory
   */
  record Room(Device device, long freeBytes) {
    /** What a GPU has left now. */
    static Room of(int gpu) {
      return new Room(Device.cuda(gpu), Torch.cudaFreeBytes(gpu));
    }

    private long usable() {
      return Math.max(0, freeBytes - RESERVE);
    }
  }

  DevicePlan {
    layers = List.copyOf(layers);
  }

  /**
   * Fills devices in their order, so that a model that fits on the first is not split.
   *
   * @param bytes of each weight, by its name in the checkpoint
   * @param rooms at least one
   * @return nothing if all of them together are too small
   */
  static Optional<DevicePlan> fitting(Map<String, Long> bytes, List<Room> rooms) {
    SortedMap<Integer, Long> layers = new TreeMap<>();
    long head = 0;
    long rest = 0;
    for (Map.Entry<String, Long> weight : bytes.entrySet()) {
      OptionalInt layer = layer(weight.getKey());
      if (layer.isPresent()) {
        layers.merge(layer.getAsInt(), weight.getValue(), Long::sum);
      } else if (isOfHead(weight.getKey())) {
        head += weight.getValue();
      } else {
        rest += weight.getValue();
      }
    }
    List<Long> parts = new ArrayList<>(layers.values());
    parts.add(0, rest);
    parts.add(head);
    List<Device> devices = fill(parts, rooms);
    int last = parts.size() - 1;
    return devices.size() == parts.size()
        ? Optional.of(new DevicePlan(devices.get(0), devices.subList(1, last), devices.get(last)))
        : Optional.empty();
  }

  /** The device of each part in turn, up to the first that fits nowhere. */
  private static List<Device> fill(List<Long> parts, List<Room> rooms) {
    List<Device> devices = new ArrayList<>();
    int at = 0;
    long left = rooms.get(0).usable();
    for (long part : parts) {
      while (part > left) {
        at++;
        if (at == rooms.size()) {
          return devices;
        }
        left = rooms.get(at).usable();
      }
      left -= part;
      devices.add(rooms.get(at).device());
    }
    return devices;
  }

  /** All GPUs of this machine, with what they have left now. */
  static List<Room> freeGpus() {
    return IntStream.range(0, Torch.cudaDevices()).mapToObj(Room::of).toList();
  }

  private static OptionalInt layer(String name) {
    Matcher matcher = LAYER.matcher(name);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private static boolean isOfHead(String name) {
    return HEAD.matcher(name).find();
  }

  @Override
  public Device of(String name) {
    OptionalInt layer = layer(name);
    if (layer.isPresent() && layer.getAsInt() < layers.size()) {
      return layers.get(layer.getAsInt());
    }
    return isOfHead(name) ? head : first;
  }

  /** As in "cuda:0 with 20 layers, cuda:1 with 16". */
  @Override
  public String toString() {
    Map<Device, Long> counts =
        layers.stream()
            .collect(Collectors.groupingBy(d -> d, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " with " + entry.getValue() + " layers")
        .collect(Collectors.joining(", "));
  }
}
