package io.sa2va.core.data;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The questions for descriptions whose phrases have masks: GCG_QUESTIONS of the reference
 * (projects/sa2va/datasets/common.py).
 */
final class DescriptionWording {
  private static final String RESPOND_PARTS =
      " Please respond with interleaved segmentation masks for the corresponding parts of the"
          + " answer.";
  private static final String RESPOND_PHRASES =
      " Please respond with interleaved segmentation masks for the corresponding phrases.";
  private static final String OUTPUT_PHRASES =
      " Please output with interleaved segmentation masks for the corresponding phrases.";
  private static final String OUTPUT_PARTS =
      " Please output with interleaved segmentation masks for the corresponding parts of the"
          + " answer.";

  private static final List<String> QUESTIONS =
      List.of(
          "Could you please give me a detailed description of the image?" + RESPOND_PARTS,
          "Can you provide a thorough description of this image?" + OUTPUT_PHRASES,
          "Please describe in detail the contents of the image." + RESPOND_PARTS,
          "Could you give a comprehensive explanation of what can be found within this picture?"
              + OUTPUT_PHRASES,
          "Could you give me an elaborate explanation of this picture?" + RESPOND_PHRASES,
          "Could you provide me with a detailed analysis of this photo?" + OUTPUT_PARTS);

  private DescriptionWording() {}

  /** One of them, drawn. */
  static String question(RandomGenerator random) {
    return QUESTIONS.get(random.nextInt(QUESTIONS.size()));
  }
}
