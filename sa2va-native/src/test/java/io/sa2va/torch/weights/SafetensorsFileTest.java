package io.sa2va.torch.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.torch.DType;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  @TempDir private Path folder;

  @Test
  void write_thenOpen_givesTheSameTensors() {
    Path file = folder.resolve("a.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("odd", Tensors.of(new byte[] {1, 2, 3}, 3));
      tensors.put("floats", Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
      tensors.put("halves", Tensors.of(new float[] {1.5f, -2}, 2).to(DType.BFLOAT16));
      tensors.put("empty", Tensors.of(new float[0], 0, 4));
      tensors.put("scalar", Tensors.of(new float[] {7}, 1).view());
      tensors.put("turned", tensors.get("floats").transpose(0, 1));
      SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
      try (SafetensorsFile read = SafetensorsFile.open(file)) {
        assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
        assertThat(read.metadata()).containsEntry("format", "pt");
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
          Tensor tensor = read.tensor(entry.getKey());
          assertThat(tensor.dtype()).isEqualTo(entry.getValue().dtype());
          assertThat(tensor.shape()).containsExactly(entry.getValue().shape());
          assertThat(tensor.toFloatArray()).containsExactly(entry.getValue().toFloatArray());
        }
      }
    }
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void tensor_fileClosed_staysReadable() {
    Path file = folder.resolve("a.safetensors");
    try (TensorScope scope = TensorScope.open()) {
      SafetensorsWriter.write(file, Map.of("x", Tensors.of(new float[] {1, 2}, 2)), Map.of());
      SafetensorsFile read = SafetensorsFile.open(file);
      Tensor x = read.tensor("x");
      read.close();
      assertThat(x.toFloatArray()).containsExactly(1, 2);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      value = {
        "[] | should be START_OBJECT",
        "{\"x\":3} | should be START_OBJECT",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}} | needs 8 bytes",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}} | truncated",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | gap",
        "{\"x\":{\"dtype\":\"F8\",\"shape\":[2],\"data_offsets\":[0,8]}} | unknown dtype",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | impossible",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,8]}} | larger than any file",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}} | impossible",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | follow its last tensor",
        "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}} | lacks",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"y\":1}} | unknown key",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"x\":{}} | Duplicate",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | overlap",
        "{\"x\": | not JSON",
        "{\"x\":{\"dtype\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}} | should be"
      })
  void open_headerThatLies_isRefused(String json, String reason) throws IOException {
    Path file = withHeader(json.getBytes(StandardCharsets.UTF_8), 8);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(reason.strip());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "9223372036854775807", "-1", "100000001", "4096"})
  void open_absurdHeaderLength_isRefused(long length) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(
        file, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("header");
  }

  @Test
  void open_missingOrEmptyFile_isRefused() throws IOException {
    Path missing = folder.resolve("missing.safetensors");
    assertThatThrownBy(() -> SafetensorsFile.open(missing))
        .isInstanceOf(WeightException.class)
        .hasMessageContaining("missing.safetensors");
    Path empty = Files.createFile(folder.resolve("empty.safetensors"));
    assertThatThrownBy(() -> SafetensorsFile.open(empty)).isInstanceOf(WeightException.class);
  }

  @Test
  void open_mutatedFiles_onlyTypedErrors() throws IOException {
    byte[] json =
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]},\"b\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[16,24]}}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] sound = Files.readAllBytes(withHeader(json, 24));
    SplittableRandom random = new SplittableRandom(5);
    Path file = folder.resolve("mutated.safetensors");
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] mutated = sound.clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, mutated);
      try (TensorScope scope = TensorScope.open();
          SafetensorsFile read = SafetensorsFile.open(file)) {
        read.tensors().keySet().forEach(name -> read.tensor(name).toFloatArray());
      } catch (WeightException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(500, 2999);
  }

  private Path withHeader(byte[] json, int dataBytes) throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Files.write(
        file,
        ByteBuffer.allocate(8 + json.length + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(json.length)
            .put(json)
            .array());
    return file;
  }
}
