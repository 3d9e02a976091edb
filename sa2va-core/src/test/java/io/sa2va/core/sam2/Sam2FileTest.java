package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.NativeMemory;
import io.sa2va.torch.weights.WeightException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sam2FileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"[9000000000000000,0]", "[0]", "[3,0]", "[0,4,4]"})
  @Timeout(60)
  void open_pointsOfAnotherShape_areRefusedByName(String shape) throws IOException {
    Path file = folder.resolve("model.safetensors");
    write(file, shape);
    long before = NativeMemory.liveObjects();
    assertThatThrownBy(() -> Sam2File.open(file))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(HuggingFaceNames.POINTS);
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  /** Without a byte of data. */
  private static void write(Path file, String pointsShape) throws IOException {
    byte[] header =
        "{\"vision_encoder.a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[0,0]}}"
            .formatted(HuggingFaceNames.POINTS, pointsShape)
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(header.length).put(header).array());
  }
}
