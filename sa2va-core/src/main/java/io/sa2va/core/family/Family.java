package io.sa2va.core.family;

import io.sa2va.Mask;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.text.Tokenizer;
import io.sa2va.torch.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A family of Sa2VA checkpoints: what differs between them is how pictures are prepared, encoded
 * and spliced into the prompt, and how positions are counted. Immutable and shared by threads.
 */
public interface Family {
  /** The name people know it by, such as {@code InternVL + Qwen2}. */
  String name();

  Tokenizer tokenizer();

  ChatTemplate template();

  CausalLm languageModel();

  /** Texts of special tokens, which readable text leaves out. */
  List<String> marks();

  /**
   * Prepares and encodes one picture, with the regions that the prompt speaks of.
   *
   * @param regions masks of the picture's size, none empty
   * @return with its features in the innermost scope
   */
  VisionPrompt encodePicture(RgbPixels picture, List<Mask> regions);

  /** Prepares and encodes the key frames of a video. */
  VisionPrompt encodeKeyFrames(List<RgbPixels> keyFrames);

  /**
   * Embeds a prompt, with vision features in the place of its image tokens.
   *
   * @param prompt token ids
   * @param vision what its image tokens stand for
   * @return (1, T, D)
   */
  Tensor splice(int[] prompt, Optional<VisionPrompt> vision);
}
