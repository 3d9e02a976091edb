package io.sa2va.core.family.qwenvl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QwenChatTemplateTest {
  private static final String WITH_SYSTEM_PROMPT =
      "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n";

  /** In the manner of Qwen3-VL: every text is a Jinja string. */
  private static final String STRINGS =
      """
      {%- if tools %}
          {{- '<|im_start|>system\\n' }}{{- "# Tools\\n" }}{{- '<|im_end|>\\n' }}
      {%- else %}
          {%- if messages[0].role == 'system' %}
              {{- '<|im_start|>system\\n' }}{{- messages[0].content }}{{- '<|im_end|>\\n' }}
          {%- endif %}
      {%- endif %}
      {%- for message in messages %}
          {{- '<|im_start|>' + message.role + '\\n' }}
          {%- for content in message.content %}
              {%- if content.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>
              {%- else %}{{- content.text }}{%- endif %}
          {%- endfor %}
          {{- '<|im_end|>\\n' }}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  @TempDir private Path folder;

  private ChatTemplate readJinja(String jinja) throws IOException {
    Files.writeString(folder.resolve("chat_template.jinja"), jinja);
    return QwenChatTemplate.read(folder);
  }

  private static String fixture(String name) throws IOException {
    return Files.readString(Golden.folder(name).resolve("checkpoint/chat_template.jinja"));
  }

  @Test
  void read_defaultSystemPrompt_comesFirst() throws IOException {
    ChatTemplate template = readJinja(fixture("qwen2_5vl"));
    assertThat(template.firstTurn("Hello"))
        .isEqualTo(
            WITH_SYSTEM_PROMPT + "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n");
    assertThat(template.nextTurn(true, "And?"))
        .isEqualTo("\n<|im_start|>user\nAnd?<|im_end|>\n<|im_start|>assistant\n");
    assertThat(template.stopWords()).containsExactly("<|im_end|>", "<|endoftext|>");
  }

  @Test
  void read_noDefaultSystemPrompt_startsWithTheUser() throws IOException {
    assertThat(readJinja(fixture("qwen3vl")).firstTurn("Hello")).startsWith("<|im_start|>user\n");
    assertThat(readJinja(STRINGS).firstTurn("Hello")).startsWith("<|im_start|>user\n");
  }

  @Test
  void read_systemPromptInAString_isFoundToo() throws IOException {
    String jinja =
        STRINGS.replace(
            "{%- for message in messages %}",
            "{{- '<|im_start|>system\\nBe\\nkind.<|im_end|>\\n' }}{%- for message in messages %}");
    assertThat(readJinja(jinja).start()).isEqualTo("<|im_start|>system\nBe\nkind.<|im_end|>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chat_template.json", "tokenizer_config.json"})
  void read_templateInAJsonFile_isFound(String file) throws IOException {
    Files.writeString(folder.resolve("tokenizer_config.json"), "{}");
    Files.writeString(
        folder.resolve(file),
        JsonNodeFactory.instance
            .objectNode()
            .put("chat_template", fixture("qwen2_5vl"))
            .toString());
    assertThat(QwenChatTemplate.read(folder).start()).isEqualTo(WITH_SYSTEM_PROMPT);
  }

  @Test
  void read_severalSystemPrompts_areRefused() throws IOException {
    String jinja = fixture("qwen2_5vl") + "<|im_start|>system\nBe brief.<|im_end|>\n";
    assertThatThrownBy(() -> readJinja(jinja))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("several system prompts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|image_pad|>",
        "<|im_end|>",
        "<|im_start|>assistant",
        "add_generation_prompt",
      })
  void read_withoutAMarkOfQwen_isRefused(String mark) throws IOException {
    String jinja = fixture("qwen3vl").replace(mark, "");
    assertThatThrownBy(() -> readJinja(jinja))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("chat_template.jinja: this chat template is not recognised")
        .hasMessageContaining("it lacks");
  }

  @Test
  void read_generationPromptThatGoesOn_isRefused() throws IOException {
    String jinja = STRINGS.replace("assistant\\n'", "assistant\\n<think>\\n'");
    assertThatThrownBy(() -> readJinja(jinja))
        .isInstanceOf(UnsupportedModelException.class)
        .hasMessageContaining("generation prompt");
  }

  @Test
  void read_noTemplate_namesTheFiles() {
    assertThatThrownBy(() -> QwenChatTemplate.read(folder))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("chat_template.jinja");
  }
}
