package io.sa2va.core.family;

import io.sa2va.error.ModelConfigException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How a turn of a conversation is written as text for the language model.
 *
 * <p>Turns follow each other as in training: instruction, answer, {@link #suffix()}, line break,
 * next instruction.
 *
 * @param start stands before everything, such as a system prompt
 * @param beforeUser stands before what the user says
 * @param afterUser stands between that and the answer
 * @param suffix ends an answer
 * @param stopWords texts that end an answer when they are generated
 */
public record ChatTemplate(
    String start, String beforeUser, String afterUser, String suffix, List<String> stopWords) {
  /** The templates that {@code template} in config.json can name. */
  private static final Map<String, ChatTemplate> BY_NAME =
      Map.of(
          "qwen_chat", imStart("", List.of("<|im_end|>", "<|endoftext|>")),
          "internlm2_chat", imStart("", List.of("<|im_end|>")),
          "phi3_chat",
              new ChatTemplate(
                  "", "<|user|>\n", "<|end|>\n<|assistant|>\n", "<|end|>", List.of("<|end|>")));

  public ChatTemplate {
    stopWords = List.copyOf(stopWords);
  }

  /**
   * Turns between {@code <|im_start|>} and {@code <|im_end|>}.
   *
   * @param start stands before everything
   * @param stopWords texts that end an answer when they are generated
   */
  public static ChatTemplate imStart(String start, List<String> stopWords) {
    return new ChatTemplate(
        start,
        "<|im_start|>user\n",
        "<|im_end|>\n<|im_start|>assistant\n",
        "<|im_end|>",
        stopWords);
  }

  /**
   * The template of a name as config.json writes it.
   *
   * @throws ModelConfigException if there is none of that name
   */
  public static ChatTemplate named(String name) {
    ChatTemplate template = BY_NAME.get(name.replace('-', '_'));
    if (template == null) {
      throw new ModelConfigException(
          "config.json: \"template\" is \""
              + name
              + "\"; known are "
              + new TreeSet<>(BY_NAME.keySet()));
    }
    return template;
  }

  /** The first turn's instruction. */
  public String firstTurn(String prompt) {
    return start + beforeUser + prompt + afterUser;
  }

  /** What follows an answer that was generated without its suffix or with it. */
  public String nextTurn(boolean suffixGenerated, String prompt) {
    return (suffixGenerated ? "" : suffix) + "\n" + beforeUser + prompt + afterUser;
  }
}
