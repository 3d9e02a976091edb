package io.sa2va.core.family;

import io.sa2va.Mask;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.text.Tokenizer;
import java.util.List;
import java.util.Optional;

/**
 * A family of Sa2VA checkpoints: what differs between them is how pictures are prepared, encoded
 * and placed in the prompt. Immutable and shared by threads.
 */
public abstract class Family {
  private final String name;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final CausalLm languageModel;
  private final ImageTokenSplicer splicer;
  private final List<String> marks;

  /**
   * Takes what every family has.
   *
   * @param name people know it by, such as {@code InternVL + Qwen2}
   * @param imageToken the token that stands for one vision feature
   * @throws io.sa2va.error.ModelConfigException if the tokenizer lacks it
   */
  protected Family(
      String name,
      Tokenizer tokenizer,
      ChatTemplate template,
      CausalLm languageModel,
      String imageToken) {
    this.name = name;
    this.tokenizer = tokenizer;
    this.template = template;
    this.languageModel = languageModel;
    this.splicer =
        new ImageTokenSplicer(languageModel, SpecialTexts.requiredId(tokenizer, imageToken));
    this.marks = SpecialTexts.marks(tokenizer, template);
  }

  /**
   * Prepares and encodes one picture, with the regions that the prompt speaks of.
   *
   * @param regions masks of the picture's size, none empty
   * @return with its features in the innermost scope
   */
  public abstract VisionPrompt encodePicture(RgbPixels picture, List<Mask> regions);

  /** Prepares and encodes the key frames of a video. */
  public abstract VisionPrompt encodeKeyFrames(List<RgbPixels> keyFrames);

  /**
   * Puts a picture's text into what the user says.
   *
   * @param prompt may say where with {@code <image>}
   * @param picture {@link VisionPrompt#text()}
   */
  public abstract String place(String prompt, String picture);

  /**
   * Embeds a prompt, with vision features in the place of its image tokens.
   *
   * @param prompt token ids
   * @param vision what its image tokens stand for
   */
  public final LmInput splice(int[] prompt, Optional<VisionPrompt> vision) {
    return vision.isPresent() ? splicer.splice(prompt, vision.get()) : splicer.words(prompt);
  }

  /** The name people know it by, such as {@code InternVL + Qwen2}. */
  public final String name() {
    return name;
  }

  public final Tokenizer tokenizer() {
    return tokenizer;
  }

  public final ChatTemplate template() {
    return template;
  }

  public final CausalLm languageModel() {
    return languageModel;
  }

  /** Texts of special tokens, which readable text leaves out. */
  public final List<String> marks() {
    return marks;
  }
}
