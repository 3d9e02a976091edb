package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.torch.Device;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The model of {@link DevicePlanTest}, which needs 18 GB, on GPUs with so many GB for weights. */
class DeviceChoiceTest {
  private static final Map<String, Long> MODEL = DevicePlanTest.bytes("language_model.model.");
  private static final Map<String, Long> WHOLE = Map.of("all weights", 18_000_000_000L);
  private static final String LAYER = "language_model.model.layers.3.";

  @Test
  void free_noGpu_isTheCpu() {
    DeviceChoice choice = DeviceChoice.free(MODEL, List.of());
    requireWhole(choice, Device.CPU);
    assertThat(choice.reason()).isEqualTo("no CUDA GPU can be used here");
  }

  @Test
  void free_severalLargeEnough_isTheFirst() {
    requireWhole(choose(MODEL, 18, 80), Device.cuda(0));
  }

  @Test
  void free_firstBusy_isTheEmptyOneUnsplit() {
    DeviceChoice choice = choose(MODEL, 10, 18);
    requireWhole(choice, Device.cuda(1));
    assertThat(choice.reason())
        .isEqualTo("the first GPU with room for 18.00 GB of weights and 1.61 GB for computing");
  }

  @Test
  void free_noneAloneLargeEnough_isSplitFromTheEmptiestOn() {
    DeviceChoice choice = choose(MODEL, 2, 12, 8);
    assertThat(choice.first()).isEqualTo(Device.cuda(1));
    assertThat(choice.weights().of("vision_model.weight")).isEqualTo(Device.cuda(1));
    assertThat(choice.weights().of(LAYER)).isEqualTo(Device.cuda(2));
    assertThat(choice.reason())
        .contains("split, cuda:1 with 2 layers, cuda:2 with 2 layers")
        .contains("18.00 GB");
  }

  @Test
  void free_allTogetherTooSmall_isTheCpuAndSaysWhy() {
    DeviceChoice choice = choose(MODEL, 10, 5);
    requireWhole(choice, Device.CPU);
    assertThat(choice.reason())
        .contains("no GPU has room for 18.00 GB")
        .contains("free are: cuda:0 11.61 GB, cuda:1 6.61 GB");
  }

  @Test
  void free_whatCannotBeSplit_isOnOneOrOnTheCpu() {
    requireWhole(choose(WHOLE, 12, 18), Device.cuda(1));
    requireWhole(choose(WHOLE, 17, 17), Device.CPU);
  }

  @Test
  void asked_gpuLargeEnough_isThatOne() {
    requireWhole(DeviceChoice.asked(MODEL, room(18)), Device.cuda(0));
  }

  @Test
  void asked_gpuTooSmall_isRefused() {
    assertThatThrownBy(() -> DeviceChoice.asked(MODEL, room(10)))
        .isInstanceOf(InsufficientMemoryException.class)
        .hasMessageContaining("need 18.00 GB")
        .hasMessageContaining("cuda:0 11.61 GB");
  }

  private static void requireWhole(DeviceChoice choice, Device device) {
    assertThat(choice.first()).isEqualTo(device);
    assertThat(choice.weights().of("vision_model.weight")).isEqualTo(device);
    assertThat(choice.weights().of(LAYER)).isEqualTo(device);
    assertThat(choice.weights().of("language_model.lm_head.")).isEqualTo(device);
  }

  private static DevicePlan.Room room(int usable) {
    return DevicePlanTest.rooms(usable).get(0);
  }

  private static DeviceChoice choose(Map<String, Long> bytes, int... usable) {
    return DeviceChoice.free(bytes, DevicePlanTest.rooms(usable));
  }
}
