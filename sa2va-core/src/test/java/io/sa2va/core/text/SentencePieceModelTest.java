package io.sa2va.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected ids follow from the pieces' order: 0 to 2 are unk, s and /s, then as listed. */
class SentencePieceModelTest {
  private static final int BPE = 2;
  private static final int MODEL_TYPE = 3;
  private static final int ADD_DUMMY_PREFIX = 3;
  private static final int REMOVE_EXTRA_WHITESPACES = 4;
  private static final int USER_DEFINED = 4;
  private static final int UNUSED = 5;

  @TempDir Path folder;

  @Test
  void read_unigramModel_isRefusedByName() throws IOException {
    new ModelFile().pieces("a").write(folder);

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("tokenizer.model")
        .hasMessageContaining("BPE")
        .hasMessageContaining("unigram");
  }

  @Test
  void read_unusedPieces_areRefused() throws IOException {
    bpe().pieces("a").piece("b", UNUSED).write(folder);

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("unused");
  }

  @Test
  void read_lengthBeyondTheFile_isRefused() throws IOException {
    Files.write(
        folder.resolve("tokenizer.model"),
        new byte[] {10, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7, 'a'});

    assertThatThrownBy(() -> TokenizerReader.read(folder))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("length");
  }

  @Test
  void encode_equalScoresAside_mergesTheHighestScoreFirst() throws IOException {
    bpe().normalizer(ADD_DUMMY_PREFIX, 0).pieces("bc", "ab", "abc", "a", "b", "c").write(folder);

    assertThat(TokenizerReader.read(folder).encode("abcab")).containsExactly(1, 5, 4);
  }

  @Test
  void encode_userDefinedPiece_staysWhole() throws IOException {
    bpe()
        .normalizer(ADD_DUMMY_PREFIX, 0)
        .pieces("ab", "a", "b", "c")
        .piece("bc", USER_DEFINED)
        .write(folder);

    assertThat(TokenizerReader.read(folder).encode("abcab")).containsExactly(1, 4, 7, 3);
  }

  @Test
  void encode_unknownCharactersWithoutByteFallback_becomeOneUnknown() throws IOException {
    bpe().normalizer(ADD_DUMMY_PREFIX, 0).pieces("a").write(folder);

    assertThat(TokenizerReader.read(folder).encode("axyza")).containsExactly(1, 3, 0, 3);
  }

  @Test
  void encode_extraSpacesRemoved_keepsSingleOnes() throws IOException {
    bpe().pieces("a", "\u2581").write(folder);

    assertThat(TokenizerReader.read(folder).encode("  a   a ")).containsExactly(1, 4, 3, 4, 3);
    assertThat(TokenizerReader.read(folder).encode("  ")).containsExactly(1);
  }

  @Test
  void encode_charsMap_replacesCharacters() throws IOException {
    bpe()
        .normalizer(REMOVE_EXTRA_WHITESPACES, 0)
        .charsMap(fullWidthA())
        .pieces("\u2581A", "\u2581", "A", "b")
        .write(folder);

    assertThat(TokenizerReader.read(folder).encode("\uFF21b\uFF21")).containsExactly(1, 3, 6, 5);
  }

  @Test
  void decode_specialTokenAmongThePieces_getsASpaceBeforeTheTextBeforeIt() throws IOException {
    bpe().pieces("a", "[UNUSED_TOKEN_1]").write(folder);
    Files.writeString(
        folder.resolve("tokenizer_config.json"),
        """
        {"added_tokens_decoder": {"4": {"content": "<|im_end|>", "special": true}},
         "additional_special_tokens": ["<|im_end|>"]}
        """);
    Tokenizer tokenizer = TokenizerReader.read(folder);

    assertThat(tokenizer.tokenOf(4)).isEqualTo("<|im_end|>");
    assertThat(tokenizer.decode(new int[] {3, 3, 4, 4, 3})).isEqualTo(" aa<|im_end|><|im_end|>a");
    assertThat(tokenizer.decode(new int[] {3, 4, 3}, SpecialTokens.SKIP)).isEqualTo("aa");
  }

  private static ModelFile bpe() {
    return new ModelFile().trainer(MODEL_TYPE, BPE);
  }

  /** A double array with one key, the three bytes of the full-width A, and its replacement. */
  private static byte[] fullWidthA() {
    byte[] key = "\uFF21".getBytes(StandardCharsets.UTF_8);
    int units = 256 * (key.length + 2);
    ByteBuffer blob =
        ByteBuffer.allocate(4 + 4 * units + 2).order(ByteOrder.LITTLE_ENDIAN).putInt(4 * units);
    int base = 256;
    blob.putInt(4, base << 10);
    for (int i = 0; i < key.length; i++) {
      int at = base ^ (key[i] & 0xFF);
      int next = 256 * (i + 2);
      int hasLeaf = i + 1 == key.length ? 1 << 8 : 0;
      blob.putInt(4 + 4 * at, ((at ^ next) << 10) | hasLeaf | (key[i] & 0xFF));
      base = next;
    }
    blob.putInt(4 + 4 * base, 1 << 31);
    blob.put(4 + 4 * units, (byte) 'A');
    return blob.array();
  }
}
