package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.testing.EditedCheckpoint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it writes is read in {@code BaseCheckpointTest}. */
class TokenizerExtensionTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "tokenizer_config.json, additional_special_tokens",
    "tokenizer_config.json, added_tokens_decoder",
    "special_tokens_map.json, additional_special_tokens",
    "tokenizer.json, added_tokens"
  })
  void add_fieldOfAnotherType_isRefusedByName(String file, String field) {
    EditedCheckpoint.copy("qwen2", folder).json(file, root -> root.put(field, "text"));
    assertThatThrownBy(() -> TokenizerExtension.add(folder, folder, List.of("[NEW]")))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining(folder.resolve(file).toString())
        .hasMessageContaining("\"" + field + "\"");
  }
}
