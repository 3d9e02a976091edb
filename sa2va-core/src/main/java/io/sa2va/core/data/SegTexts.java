package io.sa2va.core.data;

import io.sa2va.core.train.Turn;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What is asked and answered about an object's mask.
 *
 * <p>Source: SEG_QUESTIONS and ANSWER_LIST in projects/sa2va/datasets/common.py; most questions
 * stand there twice.
 */
final class SegTexts {
  private static final List<String> QUESTIONS =
      List.of(
          "Can you segment the %s in this image?",
          "Can you segment the %s in this image?",
          "Please segment %s in this image.",
          "Please segment %s in this image.",
          "What is %s in this image? Please respond with segmentation mask.",
          "What is %s in this image? Please output segmentation mask.",
          "What is %s in this image? Please respond with segmentation mask?",
          "What is %s in this image? Please output segmentation mask?",
          "Could you provide a segmentation mask for the %s in this image?",
          "Could you provide a segmentation mask for the %s in this image?",
          "Please identify and segment the %s in this image.",
          "Please identify and segment the %s in this image.",
          "Where is the %s in this picture? Please respond with a segmentation mask.",
          "Where is the %s in this picture? Please respond with a segmentation mask.",
          "Can you highlight the %s in this image with a segmentation mask?",
          "Can you highlight the %s in this image with a segmentation mask?");

  private static final List<String> ANSWERS =
      List.of(
          "It is [SEG].",
          "Sure, [SEG].",
          "Sure, it is [SEG].",
          "Sure, the segmentation result is [SEG].",
          "[SEG].");

  private SegTexts() {}

  /**
   * A question for an object and an answer with its {@code [SEG]}, drawn.
   *
   * @param phrase names the object; written small, and without a full stop
   * @param first whether the picture stands before the question
   */
  static Turn turn(String phrase, boolean first, RandomGenerator random) {
    String question = QUESTIONS.get(random.nextInt(QUESTIONS.size())).formatted(plain(phrase));
    return new Turn(
        first ? "<image>\n" + question : question, ANSWERS.get(random.nextInt(ANSWERS.size())));
  }

  private static String plain(String phrase) {
    String small = phrase.strip().toLowerCase(Locale.ROOT);
    return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }
}
