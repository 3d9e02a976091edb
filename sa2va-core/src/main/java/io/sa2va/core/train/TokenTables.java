package io.sa2va.core.train;

import java.util.regex.Pattern;

/** The weights of a Sa2VA checkpoint that have a row for each token. */
public final class TokenTables {
  private static final Pattern NAME =
      Pattern.compile(
          "^(language_model\\.model|model\\.model|model\\.model\\.language_model)\\."
              + "(embed_tokens|tok_embeddings)\\."
              + "|^(language_model|model)\\.(lm_head|output)\\.");

  private TokenTables() {}

  /** Whether a weight is the token table or the head. */
  public static boolean isOne(String name) {
    return NAME.matcher(name).find();
  }
}
