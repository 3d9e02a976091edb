package io.sa2va.core.text;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the tokenizer of a checkpoint, whichever kind it is. */
public final class TokenizerReader {
  private TokenizerReader() {}

  /**
   * Reads the tokenizer files in a checkpoint's folder: {@code tokenizer.json}, or {@code
   * vocab.json} with {@code merges.txt}.
   *
   * @throws TokenizerException if they are missing, damaged or of an unsupported kind
   */
  public static Tokenizer read(Path checkpointFolder) {
    if (Files.exists(checkpointFolder.resolve("tokenizer.model"))) {
      return SentencePieceBpe.read(checkpointFolder);
    }
    if (Files.exists(checkpointFolder.resolve("tokenizer.json"))) {
      return ByteLevelFiles.readTokenizerJson(checkpointFolder);
    }
    if (Files.exists(checkpointFolder.resolve("vocab.json"))) {
      return ByteLevelFiles.readVocabularyAndMerges(checkpointFolder);
    }
    throw new TokenizerException(
        checkpointFolder
            + " has no tokenizer; expected tokenizer.model, tokenizer.json, or vocab.json with"
            + " merges.txt. Download the whole checkpoint.");
  }
}
