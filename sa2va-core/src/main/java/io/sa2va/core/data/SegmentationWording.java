package io.sa2va.core.data;

import io.sa2va.core.train.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The sentences in which Sa2VA learns to segment: SEG_QUESTIONS, whose first six are twice as
 * likely, and ANSWER_LIST of the reference (projects/sa2va/datasets/common.py).
 */
public final class SegmentationWording {
  private static final List<String> TWICE =
      List.of(
          "Can you segment the %s in this image?",
          "Please segment %s in this image.",
          "Could you provide a segmentation mask for the %s in this image?",
          "Please identify and segment the %s in this image.",
          "Where is the %s in this picture? Please respond with a segmentation mask.",
          "Can you highlight the %s in this image with a segmentation mask?");

  private static final List<String> ONCE =
      List.of(
          "What is %s in this image? Please respond with segmentation mask.",
          "What is %s in this image? Please output segmentation mask.",
          "What is %s in this image? Please respond with segmentation mask?",
          "What is %s in this image? Please output segmentation mask?");

  private static final List<String> ANSWERS =
      List.of(
          "It is [SEG].",
          "Sure, [SEG].",
          "Sure, it is [SEG].",
          "Sure, the segmentation result is [SEG].",
          "[SEG].");

  private SegmentationWording() {}

  /** A phrase as questions take it: in lower case, without one dot at its end. */
  public static String phrase(String text) {
    String phrase = text.strip().toLowerCase(Locale.ROOT);
    return phrase.endsWith(".") ? phrase.substring(0, phrase.length() - 1) : phrase;
  }

  /** A question for the mask of what a phrase means, drawn. */
  public static String question(String phrase, RandomGenerator random) {
    int drawn = random.nextInt(2 * TWICE.size() + ONCE.size());
    String question =
        drawn < 2 * TWICE.size() ? TWICE.get(drawn / 2) : ONCE.get(drawn - 2 * TWICE.size());
    return question.replace("%s", phrase);
  }

  /** An answer with one mask, drawn. */
  public static String answer(RandomGenerator random) {
    return ANSWERS.get(random.nextInt(ANSWERS.size()));
  }

  /** One turn a question, each with an answer drawn; the first begins with the picture. */
  static List<Turn> turns(List<String> questions, RandomGenerator random) {
    List<Turn> turns = new ArrayList<>();
    for (String question : questions) {
      turns.add(new Turn(question, answer(random)));
    }
    return Pictured.turns(turns);
  }
}
