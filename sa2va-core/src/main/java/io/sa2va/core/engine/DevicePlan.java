package io.sa2va.core.engine;

import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.torch.Device;
import io.sa2va.torch.Torch;
import io.sa2va.torch.weights.WeightPlacement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      Pattern.compile("(?:^|\\.)language_model\\.(?:model\\.)?layers\\.(\\d+)\\.");
  private static final Pattern HEAD =
      Pattern.compile("(?:^|\\.)(?:lm_head|language_model\\.output)\\.");

  /**
   * What a device has left.
   *
   * @param freeBytes of its memory
   */
  record Room(Device device, long freeBytes) {
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
   * @throws InsufficientMemoryException if all of them together are too small
   */
  static DevicePlan of(Map<String, Long> bytes, List<Room> rooms) {
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
    Filling filling = new Filling(bytes, rooms);
    Device first = filling.takeOnFirst(rest);
    List<Device> devices = new ArrayList<>();
    layers.values().forEach(layer -> devices.add(filling.take(layer)));
    return new DevicePlan(first, devices, filling.take(head));
  }

  /** All GPUs of this machine, with what they have left now. */
  static List<Room> freeGpus() {
    return IntStream.range(0, Torch.cudaDevices())
        .mapToObj(i -> new Room(Device.cuda(i), Torch.cudaFreeBytes(i)))
        .toList();
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

  /** Whether it takes more than one device. */
  boolean isSplit() {
    return !head.equals(first) || layers.stream().anyMatch(device -> !device.equals(first));
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

  /** Devices being filled one after the other. */
  private static final class Filling {
    private final Map<String, Long> bytes;
    private final List<Room> rooms;
    private int at;
    private long left;

    Filling(Map<String, Long> bytes, List<Room> rooms) {
      this.bytes = bytes;
      this.rooms = rooms;
      this.left = rooms.get(0).usable();
    }

    Device takeOnFirst(long needed) {
      if (needed > left) {
        throw tooSmall();
      }
      return take(needed);
    }

    Device take(long needed) {
      while (needed > left) {
        at++;
        if (at == rooms.size()) {
          throw tooSmall();
        }
        left = rooms.get(at).usable();
      }
      left -= needed;
      return rooms.get(at).device();
    }

    private InsufficientMemoryException tooSmall() {
      long needed = bytes.values().stream().mapToLong(Long::longValue).sum();
      String free =
          rooms.stream()
              .map(room -> "%s %.2f GB".formatted(room.device(), room.freeBytes() / 1e9))
              .collect(Collectors.joining(", "));
      return new InsufficientMemoryException(
          ("the weights need %.2f GB in this type, and %.2f GB on each GPU for computing, but free"
                  + " are: %s; choose a smaller model, a shorter type or quantization")
              .formatted(needed / 1e9, RESERVE / 1e9, free));
    }
  }
}
