package io.sa2va.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelNotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelNameTest {
  @Test
  void parse_nameAndRevision_areTakenApart() {
    assertThat(ModelName.parse("a/b", null)).isEqualTo(new ModelName("a/b", "main"));
    assertThat(ModelName.parse("a/b@v1", null)).isEqualTo(new ModelName("a/b", "v1"));
    assertThat(ModelName.parse("a/b", "v1")).isEqualTo(new ModelName("a/b", "v1"));
    assertThat(ModelName.parse("a/b@v1", "v1")).isEqualTo(new ModelName("a/b", "v1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "a/b/c", "/a/b", "a/", "../b", "a/..", "a/b--c", "-a/b", "a/b.git", "a\\b",
        "a/b c", "a/ö"
      })
  void parse_noHubName_isRefused(String text) {
    assertThatThrownBy(() -> ModelName.parse(text, null))
        .isInstanceOf(ModelNotFoundException.class)
        .hasMessageContaining("\"" + text + "\" is neither a folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a//b", "/a", "a b", "a\\b", "a:b", "a\n"})
  void parse_impossibleRevision_isRefused(String revision) {
    assertThatThrownBy(() -> ModelName.parse("a/b@" + revision, null))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("cannot be a revision");
  }

  @Test
  void parse_twoRevisions_isRefused() {
    assertThatThrownBy(() -> ModelName.parse("a/b@v1", "v2"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("revision v1")
        .hasMessageContaining("ask for v2");
  }

  @Test
  void folder_isPythons_andLeadsBack() {
    ModelName name = ModelName.parse("ByteDance/Sa2VA-Qwen2_5-VL-3B", null);

    assertThat(name.folder()).isEqualTo("models--ByteDance--Sa2VA-Qwen2_5-VL-3B");
    assertThat(ModelName.ofFolder(name.folder())).contains(name);
    assertThat(ModelName.ofFolder("models--gpt2")).isEmpty();
    assertThat(ModelName.ofFolder("datasets--a--b")).isEmpty();
  }

  @Test
  void knownModels_areHubNames() {
    assertThat(KnownModels.names())
        .hasSize(15)
        .allSatisfy(name -> assertThat(ModelName.parse(name, null).id()).isEqualTo(name));
  }

  @Test
  void nearest_misspelledName_isFound() {
    assertThat(KnownModels.nearest("bytedance/sa2va-intervl3-2b").get(0))
        .isEqualTo("ByteDance/Sa2VA-InternVL3-2B");
    assertThat(KnownModels.nearest("Sa2VA-i-26").get(0)).isEqualTo("kumuji/Sa2VA-i-26B");
    assertThat(KnownModels.nearest("openai-community/gpt2")).isEmpty();
  }

  @Test
  void editDistance_countsLetters() {
    assertThat(KnownModels.editDistance("kitten", "sitting")).isEqualTo(3);
    assertThat(KnownModels.editDistance("", "abc")).isEqualTo(3);
  }
}
