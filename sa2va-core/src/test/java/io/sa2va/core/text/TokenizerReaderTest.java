package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerReaderTest {
  private static final Path QWEN2 = TokenizerCases.checkpoint("qwen2");

  @TempDir Path folder;
  private String tokenizerJson;
  private String config;

  @BeforeEach
  void readFixture() throws IOException {
    tokenizerJson = Files.readString(QWEN2.resolve("tokenizer.json"));
    config = Files.readString(QWEN2.resolve("tokenizer_config.json"));
  }

  @Test
  void read_emptyFolder_namesTheExpectedFiles() {
    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining("tokenizer.model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          "NFC"                      ; "NFKC"              ; normalizer.type
          "type": "BPE"              ; "type": "Unigram"   ; model.type
          "ignore_merges": false     ; "ignore_merges": true ; model.ignore_merges
          "dropout": null            ; "dropout": 0.1      ; model.dropout
          "behavior": "Isolated"     ; "behavior": "Removed" ; Split.behavior
          "use_regex": false         ; "use_regex": true   ; ByteLevel.use_regex
          (?!\\\\S)                 ; (?=\\\\S)           ; Split.pattern.Regex
          "id": 700                  ; "id": 4200000000    ; added_tokens.id
          "id": 700                  ; "id": -1            ; added_tokens.id
          "!": 0                     ; "!": 1              ; vocab
          "Ġt": 258                  ; "Ġt?": 258          ; Ġt
          """)
  void read_unsupportedOrDamagedField_isNamed(String found, String replacement, String field)
      throws IOException {
    assertThat(tokenizerJson).contains(found);
    write(tokenizerJson.replace(found, replacement), config);

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining(folder.resolve("tokenizer.json").toString())
        .hasMessageContaining(field);
  }

  @Test
  void read_mergesAsTextPairs_givesTheSameIds() throws IOException {
    String joined =
        tokenizerJson.replaceAll("\\[\\s*(\"[^\"\\\\]+)\",\\s*\"([^\"\\\\]+\")\\s*\\]", "$1 $2");
    assertThat(joined).contains("\"h e\"");
    write(joined, config);

    TokenizerCases.assertAllExact(TokenizerReader.read(folder), "byte_bpe_small.json");
  }

  @Test
  void read_fieldThatIsThereTwice_isRefused() throws IOException {
    write(tokenizerJson.replace("\"version\": \"1.0\"", "\"decoder\": null"), config);

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("Duplicate field 'decoder'");
  }

  @Test
  void read_deeplyNestedJson_isRefused() throws IOException {
    write("{\"a\":" + "[".repeat(100_000), config);

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("not valid JSON");
  }

  @Test
  void read_endTokenOutsideVocabulary_isRefused() throws IOException {
    write(
        tokenizerJson, config.replace("\"eos_token\": \"<|im_end|>\"", "\"eos_token\": \"<eos>\""));

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("eos_token")
        .hasMessageContaining("<eos>");
  }

  @Test
  void read_addedTokenWithTheIdOfAnother_isRefused() throws IOException {
    write(tokenizerJson, config.replace("\"712\": {", "\"5\": {"));

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("[SEG]");
  }

  @Test
  void read_configurationAsksForABeginning_encodePutsItFirst() throws IOException {
    write(
        tokenizerJson,
        config
            .replace("\"bos_token\": null", "\"bos_token\": \"<|im_start|>\"")
            .replace("\"extra_special_tokens\": {}", "\"add_bos_token\": true"));

    Tokenizer tokenizer = TokenizerReader.read(folder);

    assertThat(tokenizer.encode("a")).containsExactly(702, 64);
    assertThat(tokenizer.encodeContinuation("a")).containsExactly(64);
  }

  private void write(String tokenizer, String tokenizerConfig) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), tokenizer);
    Files.writeString(folder.resolve("tokenizer_config.json"), tokenizerConfig);
  }
}
