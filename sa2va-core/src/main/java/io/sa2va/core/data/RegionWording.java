package io.sa2va.core.data;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The questions for descriptions of regions: VP_QUESTIONS of the reference
 * (projects/sa2va/datasets/common.py).
 */
final class RegionWording {
  private static final List<String> QUESTIONS =
      List.of(
          "Can you provide me with a detailed description of the region in the picture marked by"
              + " <region>?",
          "I'm curious about the region represented by <region> in the picture. Could you describe"
              + " it in detail?",
          "What can you tell me about the region indicated by <region> in the image?",
          "What details can you give me about the region outlined by <region> in the photo?",
          "Please provide me with a comprehensive description of the region marked with <region> in"
              + " the image.",
          "Can you give me a detailed account of the region labeled as <region> in the picture?",
          "I'm interested in learning more about the region represented by <region> in the photo."
              + " Can you describe it in detail?",
          "What is the region outlined by <region> in the picture like? Could you give me a"
              + " detailed description?",
          "Please describe the region <region> in the image in detail.",
          "Can you offer a thorough analysis of the region <region> in the image?",
          "Could you elaborate on the region highlighted by <region> in the picture provided?",
          "Please share more information about the zone emphasized with <region> in the photo.",
          "What insights can you give about the area denoted by <region> in the image presented?",
          "Can you share a comprehensive rundown of the region denoted by <region> in the presented"
              + " image?",
          "I'd like to know more about the region highlighted by <region> in the picture provided.",
          "Work through the important details of the area <region> in the image.",
          "Illustrate the area represented by <region> through a descriptive explanation.",
          "Examine the region <region> closely and share its details.");

  private RegionWording() {}

  /** One of them about a region, drawn; {@code number} is from 1. */
  static String question(int number, RandomGenerator random) {
    return QUESTIONS.get(random.nextInt(QUESTIONS.size())).replace("<region>", "region" + number);
  }
}
