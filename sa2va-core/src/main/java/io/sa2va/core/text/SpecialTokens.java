package io.sa2va.core.text;

/** What happens to special tokens, such as {@code <|im_end|>}, when ids become text. */
public enum SpecialTokens {
  /** They appear in the text by name. */
  KEEP,
  /** They are left out. */
  SKIP
}
