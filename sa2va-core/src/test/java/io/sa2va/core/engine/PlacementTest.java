package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.LoadOptions;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.DeviceException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlacementTest {
  private SafetensorsWeights weights;

  @BeforeEach
  void open() {
    weights =
        SafetensorsWeights.open(CheckpointFiles.in(Golden.folder("qwen2").resolve("checkpoint")));
  }

  @AfterEach
  void close() {
    weights.close();
  }

  private Placement choose(LoadOptions.Builder options) {
    return Placement.choose(options.build(), weights);
  }

  @Test
  void choose_smallModelOnCpu_isExact() {
    Placement placement = choose(LoadOptions.builder().device(io.sa2va.Device.CPU));
    assertThat(placement.device()).isEqualTo(Device.CPU);
    assertThat(placement.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(placement.reason()).contains("small");
  }

  @ParameterizedTest
  @EnumSource(
      value = io.sa2va.DType.class,
      names = {"FLOAT32", "BFLOAT16", "FLOAT16"})
  void choose_typeAskedFor_isTaken(io.sa2va.DType dtype) {
    Placement placement = choose(LoadOptions.builder().device(io.sa2va.Device.CPU).dtype(dtype));
    assertThat(Placement.publicType(placement.dtype())).isEqualTo(dtype);
    assertThat(placement.reason()).contains("asked for");
  }

  @Test
  void choose_gpuThatIsNotThere_isRefused() {
    assertThatThrownBy(() -> choose(LoadOptions.builder().device(io.sa2va.Device.cuda(99))))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("cuda:99")
        .hasMessageContaining("CUDA devices");
  }

  @Test
  void publicDevice_both_areTheSame() {
    assertThat(Placement.publicDevice(Device.CPU)).isEqualTo(io.sa2va.Device.CPU);
    assertThat(Placement.publicDevice(Device.cuda(2))).isEqualTo(io.sa2va.Device.cuda(2));
  }
}
