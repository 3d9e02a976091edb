package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.testing.Golden;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import io.sa2va.torch.weights.SafetensorsWriter;
import io.sa2va.torch.weights.WeightException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoDecoderWeightsTest {
  private static final String PLACE = "grounding_encoder.sam2_model.";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void of_publishedSam2_addsItsDecoder(boolean huggingFace) {
    try (TensorScope scope = TensorScope.open();
        SafetensorsWeights source = checkpoint()) {
      Path sam2 = writeDecoder(source, huggingFace);
      try (TwoDecoderWeights both = TwoDecoderWeights.of(checkpoint(), sam2)) {
        String token = "iou_token.weight";
        Tensor own = source.read(PLACE + "sam_mask_decoder." + token, 1, 32);
        Tensor fineTuned = both.read(PLACE + "sam_mask_decoder_modified." + token, 1, 32);
        Tensor tracking = both.view(PLACE + "sam_mask_decoder." + token, 1, 32);
        assertThat(fineTuned.toFloatArray()).containsExactly(own.toFloatArray());
        assertThat(tracking.toFloatArray()).containsExactly(own.mul(2).toFloatArray());
        assertThat(both.names()).hasSizeGreaterThan(source.names().size());
      }
    }
  }

  @Test
  void of_pickle_isRefusedWithAdvice() throws IOException {
    Path pickle = Files.write(folder.resolve("sam2_hiera_large.pt"), new byte[8]);
    try (SafetensorsWeights source = checkpoint()) {
      assertThatThrownBy(() -> TwoDecoderWeights.of(source, pickle))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining("sam2_hiera_large.pt")
          .hasMessageContaining("safetensors");
    }
  }

  private Path writeDecoder(SafetensorsWeights source, boolean huggingFace) {
    Map<String, Tensor> decoder = new LinkedHashMap<>();
    for (String name : source.names()) {
      if (name.startsWith(PLACE + "sam_mask_decoder.")) {
        String own = name.substring((PLACE + "sam_mask_decoder.").length());
        long[] shape = source.info(name).shape().stream().mapToLong(Long::longValue).toArray();
        decoder.put(
            huggingFace ? huggingFace("sam_mask_decoder." + own) : "sam_mask_decoder." + own,
            source.read(name, shape).mul(2));
      }
    }
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(file, decoder, Map.of());
    return huggingFace ? folder : file;
  }

  private static SafetensorsWeights checkpoint() {
    return SafetensorsWeights.open(
        CheckpointFiles.in(Golden.folder("qwen2").resolve("checkpoint")));
  }

  private static String huggingFace(String original) {
    return HuggingFaceNamesTest.names().stream()
        .filter(name -> HuggingFaceNames.original(name).equals(Optional.of(original)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void of_aSa2vaCheckpoint_isRefused() {
    Path sa2va = Golden.folder("qwen2").resolve("checkpoint");
    try (SafetensorsWeights source = checkpoint()) {
      assertThatThrownBy(() -> TwoDecoderWeights.of(source, sa2va))
          .isInstanceOf(WeightException.class)
          .hasMessageContaining(sa2va.toString())
          .hasMessageContaining("sam2-hiera-large");
    }
  }

  @Test
  void of_aSa2vaCheckpointWithSam2sOwnDecoder_takesThat() {
    String token = "iou_token.weight";
    try (TensorScope scope = TensorScope.open();
        SafetensorsWeights source = checkpoint()) {
      Tensor own = source.read(PLACE + "sam_mask_decoder." + token, 1, 32);
      Path file = folder.resolve("model.safetensors");
      SafetensorsWriter.write(
          file,
          Map.of(
              PLACE + "sam_mask_decoder." + token,
              own.mul(2),
              PLACE + "sam_mask_decoder_modified." + token,
              own),
          Map.of());
      try (TwoDecoderWeights both = TwoDecoderWeights.of(checkpoint(), file)) {
        assertThat(both.view(PLACE + "sam_mask_decoder." + token, 1, 32).toFloatArray())
            .containsExactly(own.mul(2).toFloatArray());
      }
    }
  }
}
