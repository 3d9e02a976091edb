package io.sa2va.core.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.ModelConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  @ParameterizedTest
  @ValueSource(strings = {"qwen_chat", "internlm2_chat", "internlm2-chat"})
  void firstTurn_imStart_isTheReferences(String name) {
    ChatTemplate template = ChatTemplate.named(name);
    assertThat(template.firstTurn("Hi %s"))
        .isEqualTo("<|im_start|>user\nHi %s<|im_end|>\n<|im_start|>assistant\n");
    assertThat(template.stopWords()).contains("<|im_end|>");
  }

  @Test
  void firstTurn_phi3_isTheReferences() {
    ChatTemplate template = ChatTemplate.named("phi3_chat");
    assertThat(template.firstTurn("Hi")).isEqualTo("<|user|>\nHi<|end|>\n<|assistant|>\n");
    assertThat(template.stopWords()).containsExactly("<|end|>");
  }

  @Test
  void nextTurn_afterItsSuffixOrWithout_hasItOnce() {
    ChatTemplate template = ChatTemplate.named("qwen_chat");
    String next = "\n<|im_start|>user\nMore<|im_end|>\n<|im_start|>assistant\n";
    assertThat(template.nextTurn(true, "More")).isEqualTo(next);
    assertThat(template.nextTurn(false, "More")).isEqualTo("<|im_end|>" + next);
  }

  @Test
  void named_unknown_namesThoseThatAreKnown() {
    assertThatThrownBy(() -> ChatTemplate.named("vicuna"))
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining("vicuna")
        .hasMessageContaining("[internlm2_chat, phi3_chat, qwen_chat]");
  }
}
