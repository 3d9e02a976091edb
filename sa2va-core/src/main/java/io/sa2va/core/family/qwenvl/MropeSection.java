package io.sa2va.core.family.qwenvl;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.llm.LlmConfig;
import io.sa2va.core.llm.RotaryAxes;
import java.util.List;

/**
 * How many rotary pairs each axis has: {@code mrope_section}.
 *
 * @param scaling {@code rope_scaling}, where it stands
 * @param pairs of time, height and width
 */
record MropeSection(ConfigNode scaling, List<Integer> pairs) {
  private static final int AXES = 3;

  /**
   * Reads {@code text_config}.
   *
   * @throws io.sa2va.error.ModelConfigException if it is missing or not three numbers
   */
  static MropeSection of(ConfigNode text) {
    ConfigNode scaling = text.object("rope_scaling");
    List<Integer> pairs = scaling.integers("mrope_section", 0);
    if (pairs.size() != AXES) {
      throw scaling.error("mrope_section", "three numbers");
    }
    return new MropeSection(scaling, pairs);
  }

  RotaryAxes blocks() {
    return RotaryAxes.blocks(pairs);
  }

  RotaryAxes interleaved() {
    return RotaryAxes.interleaved(pairs);
  }

  /** The same configuration, once it is known that a head has as many pairs. */
  LlmConfig requireFills(LlmConfig llm) {
    long sum = pairs.stream().mapToLong(Integer::longValue).sum();
    if (2 * sum != llm.headWidth()) {
      throw scaling.error(
          "mrope_section", "three numbers that add up to half of a head's " + llm.headWidth());
    }
    return llm;
  }
}
