package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invented sizes: vision 2, table 1, SAM2 1, four layers of 3 each, head 2; in units of 1 GB. */
class DevicePlanTest {
  private static final long GB = 1_000_000_000;

  @Test
  void fitting_oneLargeEnough_isNotSplit() {
    DevicePlan plan = plan("language_model.model.", 18, 80);
    assertThat(plan.layers()).containsOnly(Device.cuda(0));
    assertThat(plan.head()).isEqualTo(Device.cuda(0));
    assertThat(plan.of("language_model.model.layers.3.mlp.up_proj.weight"))
        .isEqualTo(Device.cuda(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "language_model.model.",
        "model.language_model.",
        "model.model.language_model.",
        "model.model."
      })
  void fitting_firstTooSmall_layersFollowInOrder(String trunk) {
    DevicePlan plan = plan(trunk, 10, 80);
    assertThat(plan.layers())
        .containsExactly(Device.cuda(0), Device.cuda(0), Device.cuda(1), Device.cuda(1));
    assertThat(plan.of(trunk + "layers.1.")).isEqualTo(Device.cuda(0));
    assertThat(plan.of(trunk + "layers.2.self_attn.q_proj.weight")).isEqualTo(Device.cuda(1));
    assertThat(plan.of("language_model.lm_head.weight")).isEqualTo(Device.cuda(1));
    assertThat(plan.of("language_model.output.")).isEqualTo(Device.cuda(1));
    assertThat(plan.of(trunk + "norm.weight")).isEqualTo(Device.cuda(0));
    assertThat(plan.of("vision_model.encoder.layers.3.mlp.fc1.weight")).isEqualTo(Device.cuda(0));
    assertThat(plan.of("model.model.visual.layers.3.mlp.fc1.weight")).isEqualTo(Device.cuda(0));
    assertThat(plan.of("grounding_encoder.sam2_model.memory_attention.layers.3.weight"))
        .isEqualTo(Device.cuda(0));
    assertThat(plan.of("model.grounding_encoder.sam2_model.model.model.layers.3.weight"))
        .isEqualTo(Device.cuda(0));
    assertThat(plan).hasToString("cuda:0 with 2 layers, cuda:1 with 2 layers");
  }

  @Test
  void fitting_deviceThatIsFull_isLeftOut() {
    DevicePlan plan = plan("language_model.model.", 10, 1, 6, 5);
    assertThat(plan.layers())
        .containsExactly(Device.cuda(0), Device.cuda(0), Device.cuda(2), Device.cuda(2));
    assertThat(plan.head()).isEqualTo(Device.cuda(3));
  }

  @Test
  void fitting_allTogetherTooSmall_isNothing() {
    assertThat(DevicePlan.fitting(bytes("model.model."), rooms(10, 5))).isEmpty();
  }

  @Test
  void fitting_firstTooSmallForWhatStaysTogether_leavesItOut() {
    DevicePlan plan = plan("language_model.model.", 3, 80);
    assertThat(plan.first()).isEqualTo(Device.cuda(1));
    assertThat(plan.layers()).containsOnly(Device.cuda(1));
  }

  /** With so many GB for weights on each device. */
  private static DevicePlan plan(String trunk, int... usable) {
    return DevicePlan.fitting(bytes(trunk), rooms(usable)).orElseThrow();
  }

  static Map<String, Long> bytes(String trunk) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    bytes.put("vision_model.encoder.layers.0.mlp.fc1.weight", 2 * GB);
    bytes.put(trunk + "embed_tokens.weight", GB);
    bytes.put("grounding_encoder.sam2_model.memory_attention.layers.0.weight", GB);
    IntStream.range(0, 4).forEach(i -> bytes.put(trunk + "layers." + i + ".q.weight", 2 * GB));
    IntStream.range(0, 4).forEach(i -> bytes.put(trunk + "layers." + i + ".k.weight", GB));
    bytes.put("language_model.lm_head.weight", 2 * GB);
    return bytes;
  }

  static List<DevicePlan.Room> rooms(int... usable) {
    List<DevicePlan.Room> rooms = new ArrayList<>();
    for (int i = 0; i < usable.length; i++) {
      rooms.add(new DevicePlan.Room(Device.cuda(i), usable[i] * GB + DevicePlan.RESERVE));
    }
    return rooms;
  }
}
