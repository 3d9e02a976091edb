package io.sa2va.core.scenes;

/**
 * How a picture is taken: what happens between the painted scene and its 8-bit pixels.
 *
 * @param smoothEdges whether edges are mixed by coverage; otherwise each pixel is one or the other
 * @param blur share of a 3x3 binomial blur, 0 to 1
 * @param contrast about middle grey, 1 for none
 * @param brightness added to each value
 * @param noise standard deviation of the sensor noise, in values of 0 to 255
 * @param compression step of the block compression, 0 for none
 */
record Look(
    boolean smoothEdges,
    float blur,
    float contrast,
    float brightness,
    float noise,
    int compression) {
  /** Nothing but smooth edges. */
  static final Look CLEAN = new Look(true, 0, 1, 0, 0, 0);

  static Look varied(SceneRandom random) {
    return new Look(
        !random.chance(0.15),
        random.chance(0.3) ? (float) random.between(0.2, 1.0) : 0,
        (float) random.between(0.85, 1.1),
        (float) random.between(-10.0, 10.0),
        (float) random.between(0.5, 6.0),
        random.chance(0.2) ? random.between(8, 28) : 0);
  }
}
