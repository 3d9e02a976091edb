package io.sa2va.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int4MatrixTest {
  private static final String PACK = "aten::_convert_weight_to_int4pack_for_cpu";
  private static final String MULTIPLY = "aten::_weight_int4pack_mm_for_cpu";

  @ParameterizedTest
  @CsvSource({"aten::of_another_libtorch, " + MULTIPLY, PACK + ", aten::of_another_libtorch"})
  void find_operatorMissing_isNothing(String pack, String multiply) {
    assertThat(Int4Matrix.Kernel.find(pack, multiply)).isEmpty();
  }

  @Test
  void find_again_makesNothingNew() {
    Int4Matrix.Kernel.find(PACK, MULTIPLY);
    long before = NativeMemory.liveObjects();
    Int4Matrix.Kernel.find(PACK, MULTIPLY);
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void isSupported_thisProcessor_isWhetherAKernelIsFound() {
    Optional<Int4Matrix.Kernel> kernel = Int4Matrix.Kernel.find(PACK, MULTIPLY);
    assertThat(Int4Matrix.isSupported()).isEqualTo(kernel.isPresent());
  }
}
