package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.error.PromptTooLongException;
import io.sa2va.error.Sa2VAException;
import io.sa2va.error.UnsupportedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Wrong values of every key of config.json that is read: a model either loads and answers, or is
 * refused with an error that is meant for it.
 */
class ConfigValuesTest {
  private static final List<String> WRONG =
      List.of(
          "-1",
          "0",
          "1",
          "3",
          "0.3",
          "1e-9",
          "65536",
          "28000000",
          "2147483647",
          "-2147483648",
          "1e18",
          "1e400",
          "\"x\"",
          "\"\"",
          "true",
          "[]",
          "[1]",
          "[-1, 2, 3, 4]",
          "[2147483647, 2147483647]",
          "{}");

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path temporary;
  private EditedCheckpoint checkpoint;
  private byte[] sound;

  @BeforeEach
  void copy() throws IOException {
    checkpoint = EditedCheckpoint.copy("qwen2", temporary.resolve("checkpoint"));
    sound = Files.readAllBytes(checkpoint.folder().resolve("config.json"));
  }

  @ParameterizedTest
  @Timeout(120)
  @ValueSource(
      strings = {
        "/model_type",
        "/template",
        "/force_image_size",
        "/downsample_ratio",
        "/ps_version",
        "/select_layer",
        "/llm_config",
        "/vision_config",
        "/grounding_encoder_config",
        "/llm_config/architectures",
        "/llm_config/hidden_size",
        "/llm_config/intermediate_size",
        "/llm_config/num_hidden_layers",
        "/llm_config/num_attention_heads",
        "/llm_config/num_key_value_heads",
        "/llm_config/head_dim",
        "/llm_config/vocab_size",
        "/llm_config/rms_norm_eps",
        "/llm_config/hidden_act",
        "/llm_config/rope_theta",
        "/llm_config/rope_scaling",
        "/llm_config/partial_rotary_factor",
        "/llm_config/max_position_embeddings",
        "/llm_config/tie_word_embeddings",
        "/llm_config/sliding_window",
        "/llm_config/use_sliding_window",
        "/vision_config/hidden_size",
        "/vision_config/num_attention_heads",
        "/vision_config/num_hidden_layers",
        "/vision_config/intermediate_size",
        "/vision_config/image_size",
        "/vision_config/patch_size",
        "/vision_config/num_channels",
        "/vision_config/norm_type",
        "/vision_config/qk_normalization",
        "/vision_config/qkv_bias",
        "/vision_config/layer_norm_eps",
        "/vision_config/hidden_act",
        "/grounding_encoder_config/image_size",
        "/grounding_encoder_config/hidden_dim",
        "/grounding_encoder_config/mem_dim",
        "/grounding_encoder_config/num_maskmem",
        "/grounding_encoder_config/max_obj_ptrs_in_encoder",
        "/grounding_encoder_config/trunk/embed_dim",
        "/grounding_encoder_config/trunk/num_heads",
        "/grounding_encoder_config/trunk/stages",
        "/grounding_encoder_config/trunk/global_att_blocks",
        "/grounding_encoder_config/trunk/window_pos_embed_bkg_spatial_size",
        "/grounding_encoder_config/trunk/window_spec",
        "/grounding_encoder_config/neck/backbone_channel_list",
        "/grounding_encoder_config/neck/fpn_top_down_levels",
        "/grounding_encoder_config/memory_attention/num_layers",
        "/grounding_encoder_config/memory_attention/dim_feedforward",
        "/grounding_encoder_config/memory_attention/rope_theta",
        "/grounding_encoder_config/memory_encoder/fuser_layers"
      })
  void load_wrongValue_answersOrIsRefused(String key) throws IOException {
    for (String value : WRONG) {
      write(key, value);
      try (Sa2VA model = FixtureModel.load(checkpoint.folder())) {
        answer(model);
      } catch (PromptTooLongException e) {
        assertThat(key).isEqualTo("/llm_config/max_position_embeddings");
      } catch (Sa2VAException e) {
        assertThat(e)
            .as("%s: %s", key, value)
            .isInstanceOfAny(
                ModelConfigException.class,
                ModelWeightsException.class,
                UnsupportedModelException.class);
        assertThat(e.getMessage()).as("%s: %s", key, value).isNotBlank().hasLineCount(1);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(key + ": " + value, e);
      }
    }
  }

  private static void answer(Sa2VA model) {
    model.chat(
        request ->
            request
                .video(new DrawnVideo(7, 40, 30))
                .prompt("Please segment the girl.")
                .generation(options -> options.maxNewTokens(4)));
  }

  private void write(String key, String value) throws IOException {
    ObjectNode config = (ObjectNode) JSON.readTree(sound);
    int slash = key.lastIndexOf('/');
    JsonNode parent = slash == 0 ? config : config.at(key.substring(0, slash));
    ((ObjectNode) parent).set(key.substring(slash + 1), JSON.readTree(value));
    Files.write(checkpoint.folder().resolve("config.json"), JSON.writeValueAsBytes(config));
  }
}
