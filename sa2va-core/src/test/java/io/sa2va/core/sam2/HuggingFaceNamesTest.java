package io.sa2va.core.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.Golden;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceNamesTest {
  /** Those of transformers 4.57.6 for a Sam2VideoModel as deep as the fixtures' SAM2. */
  static List<String> names() {
    try (InputStream stream =
        Objects.requireNonNull(
            HuggingFaceNamesTest.class.getResourceAsStream("hugging_face_names.txt"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void original_allNames_areThoseOfASa2vaCheckpoint() {
    try (SafetensorsWeights checkpoint =
        SafetensorsWeights.open(CheckpointFiles.in(Golden.folder("qwen2").resolve("checkpoint")))) {
      List<String> expected =
          checkpoint.names().stream()
              .filter(name -> name.startsWith(Sam2File.PLACE))
              .map(name -> name.substring(Sam2File.PLACE.length()))
              .filter(name -> !name.startsWith("sam_prompt_encoder.point_embeddings."))
              .toList();
      assertThat(names().stream().map(HuggingFaceNames::original).flatMap(Optional::stream))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** What SAM 2.1 has besides. */
  @ParameterizedTest
  @CsvSource({
    "occlusion_spatial_embedding_parameter, no_obj_embed_spatial",
    "temporal_positional_encoding_projection_layer.weight, obj_ptr_tpos_proj.weight",
    "temporal_positional_encoding_projection_layer.bias, obj_ptr_tpos_proj.bias"
  })
  void original_namesOfSam21_areThoseOfTheOriginalCode(String name, String original) {
    assertThat(HuggingFaceNames.original(name)).hasValue(original);
  }
}
