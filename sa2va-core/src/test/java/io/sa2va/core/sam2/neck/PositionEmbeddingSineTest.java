package io.sa2va.core.sam2.neck;

import io.sa2va.core.testing.Golden;
import io.sa2va.core.testing.Sam2Fixture;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PositionEmbeddingSineTest {
  static List<Path> fixtures() {
    return Sam2Fixture.folders();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void of_sizesOfTheReference_matches(Path folder) {
    try (Golden golden = Golden.at(folder);
        TensorScope scope = TensorScope.open()) {
      for (String name : List.of("sam_pos0", "sam_pos1", "sam_pos2", "memory_pos")) {
        long[] shape = golden.tensor("video_segment." + name).shape();
        Tensor position = PositionEmbeddingSine.of((int) shape[1], (int) shape[2], (int) shape[3]);
        golden.assertClose(position, "video_segment." + name, 1e-6);
      }
    }
  }
}
