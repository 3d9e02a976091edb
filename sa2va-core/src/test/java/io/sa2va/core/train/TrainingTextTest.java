package io.sa2va.core.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.testing.ConfigFile;
import io.sa2va.core.testing.Golden;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTextTest {
  private final Tokenizer tokenizer =
      TokenizerReader.read(Golden.folder("qwen2").resolve("checkpoint"));

  @Test
  void of_twoTurns_givesTheReferencesTokensAndLabels() {
    try (TensorScope scope = TensorScope.open();
        Golden golden = Golden.of("training")) {
      List<Turn> turns = new ArrayList<>();
      for (JsonNode turn : ConfigFile.fixture("training/manifest.json").get("turns")) {
        turns.add(new Turn(turn.get(0).textValue(), turn.get(1).textValue()));
      }
      TrainingText text = TrainingText.of(ChatTemplate.named("qwen_chat"), tokenizer, turns);
      assertThat(text.ids())
          .containsExactly(
              Arrays.stream(golden.tensor("input_ids").toLongArray())
                  .mapToInt(id -> (int) id)
                  .toArray());
      long[] labels = golden.tensor("labels").toLongArray();
      long[] learned = Arrays.stream(labels).filter(label -> label != -100).toArray();
      assertThat(text.targets()).containsExactly(learned);
      for (long place : text.predicting()) {
        assertThat(labels[(int) place + 1]).isNotEqualTo(-100);
      }
    }
  }
}
