package io.sa2va.core.family.qwenvl;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.UnsupportedModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises the chat template of a checkpoint. Those of Qwen differ in one thing that matters
 * here, the system prompt that comes first when the caller gives none; so the marks that they share
 * are demanded, and that prompt is read from the text between its marks.
 */
final class QwenChatTemplate {
  private static final String JINJA = "chat_template.jinja";
  private static final String JSON = "chat_template.json";
  private static final String TOKENIZER = "tokenizer_config.json";
  private static final long LARGEST_FILE = 1 << 20;

  /** A line break, as such or as a Jinja string writes it. */
  private static final String BREAK = "(?:\n|\\\\n)";

  private static final List<Pattern> REQUIRED =
      List.of(
          Pattern.compile("<\\|vision_start\\|><\\|image_pad\\|><\\|vision_end\\|>"),
          Pattern.compile("<\\|im_end\\|>" + BREAK),
          Pattern.compile(
              "add_generation_prompt.*<\\|im_start\\|>assistant" + BREAK, Pattern.DOTALL));

  /** Text that no expression interrupts. */
  private static final Pattern SYSTEM_PROMPT =
      Pattern.compile(
          "<\\|im_start\\|>system"
              + BREAK
              + "((?:(?!\\}\\}|\\{\\{|\\{%|<\\|).)*)<\\|im_end\\|>"
              + BREAK,
          Pattern.DOTALL);

  private QwenChatTemplate() {}

  /**
   * The template of a checkpoint.
   *
   * @throws ModelConfigException if it has none
   * @throws UnsupportedModelException if it is not one of Qwen's kind
   */
  static ChatTemplate read(Path folder) {
    if (Files.isRegularFile(folder.resolve(JINJA))) {
      return recognise(folder.resolve(JINJA), text(folder.resolve(JINJA)));
    }
    for (String file : List.of(JSON, TOKENIZER)) {
      if (Files.isRegularFile(folder.resolve(file))) {
        ConfigNode node = ConfigNode.read(folder.resolve(file));
        if (node.has("chat_template")) {
          return recognise(folder.resolve(file), node.text("chat_template"));
        }
      }
    }
    throw new ModelConfigException(
        folder
            + " has no chat template: expected "
            + JINJA
            + ", or \"chat_template\" in "
            + JSON
            + " or "
            + TOKENIZER
            + ". Download the whole checkpoint.");
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new ModelConfigException(file + " is larger than " + LARGEST_FILE + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ModelConfigException("cannot read " + file + ": " + e, e);
    }
  }

  static ChatTemplate recognise(Path file, String jinja) {
    for (Pattern mark : REQUIRED) {
      if (!mark.matcher(jinja).find()) {
        throw unrecognised(file, "it lacks " + mark);
      }
    }
    Set<String> prompts =
        SYSTEM_PROMPT
            .matcher(jinja)
            .results()
            .map(result -> result.group(1).replace("\\n", "\n"))
            .collect(Collectors.toSet());
    if (prompts.size() > 1) {
      throw unrecognised(file, "it has several system prompts: " + prompts);
    }
    String start =
        prompts.isEmpty()
            ? ""
            : "<|im_start|>system\n" + prompts.iterator().next() + "<|im_end|>\n";
    return ChatTemplate.imStart(start, List.of("<|im_end|>", "<|endoftext|>"));
  }

  private static UnsupportedModelException unrecognised(Path file, String reason) {
    return new UnsupportedModelException(
        file
            + ": this chat template is not recognised as one of Qwen's: "
            + reason
            + ". Use the file of the published checkpoint.");
  }
}
