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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises the chat template of a checkpoint. Those of Qwen differ in one thing that matters
 * here, the system prompt that comes first when the caller gives none; so the marks that they share
 * are demanded, and that prompt is read from the text between its marks.
 */
final class QwenChatTemplate {
  private static final String JINJA = "chat_template.jinja";
  private static final String JSON = "chat_template.json";
  private static final String TOKENIZER = "tokenizer_config.json";
  private static final String END = "<|im_end|>";

  /** Characters; published templates have some thousands. */
  private static final int LONGEST = 1 << 16;

  /** A line break, as such or as a Jinja string writes it. */
  private static final String BREAK = "(?:\n|\\\\n)";

  /** What must be found, and how to call it. */
  private static final Map<String, Pattern> REQUIRED =
      Map.of(
          "<|vision_start|><|image_pad|><|vision_end|> for a picture",
          Pattern.compile("<\\|vision_start\\|><\\|image_pad\\|><\\|vision_end\\|>"),
          "<|im_end|> and a line break after a turn",
          Pattern.compile("<\\|im_end\\|>" + BREAK),
          "a generation prompt that is <|im_start|>assistant and a line break",
          Pattern.compile(
              "add_generation_prompt.*<\\|im_start\\|>assistant" + BREAK + "['\"{]",
              Pattern.DOTALL));

  private static final Pattern SYSTEM = Pattern.compile("<\\|im_start\\|>system" + BREAK);

  /** What an expression or statement of Jinja has. */
  private static final Pattern JINJA_CODE = Pattern.compile("\\{[{%]|[}%]\\}");

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
      if (Files.size(file) > LONGEST) {
        throw unrecognised(file, "it is longer than " + LONGEST + " bytes");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ModelConfigException("cannot read " + file + ": " + e, e);
    }
  }

  private static ChatTemplate recognise(Path file, String jinja) {
    if (jinja.length() > LONGEST) {
      throw unrecognised(file, "it is longer than " + LONGEST + " characters");
    }
    REQUIRED.forEach(
        (name, mark) -> {
          if (!mark.matcher(jinja).find()) {
            throw unrecognised(file, "it lacks " + name);
          }
        });
    Set<String> prompts = systemPrompts(jinja);
    if (prompts.size() > 1) {
      throw unrecognised(file, "it has several system prompts: " + prompts);
    }
    String start = prompts.isEmpty() ? "" : prompts.iterator().next();
    return ChatTemplate.imStart(start, List.of(END, "<|endoftext|>"));
  }

  /** The system turns that no code interrupts, which are those of a default. */
  private static Set<String> systemPrompts(String jinja) {
    Set<String> prompts = new TreeSet<>();
    Matcher system = SYSTEM.matcher(jinja);
    while (system.find()) {
      int end = jinja.indexOf(END, system.end());
      if (end >= 0 && !JINJA_CODE.matcher(jinja.substring(system.end(), end)).find()) {
        String prompt = jinja.substring(system.end(), end).replace("\\n", "\n");
        prompts.add("<|im_start|>system\n" + prompt + END + "\n");
      }
    }
    return prompts;
  }

  private static UnsupportedModelException unrecognised(Path file, String reason) {
    return new UnsupportedModelException(
        file
            + ": this chat template is not recognised as one of Qwen's: "
            + reason
            + ". Use the file of the published checkpoint.");
  }
}
