package io.sa2va.core.scenes;

/** The draws of one scene: each purpose has its own, so that none depends on how others go. */
record SceneDraws(long seed, long index, Medium medium) {
  /** Where streams of texts begin; frames have the numbers below. */
  private static final long TEXTS = 1L << 32;

  SceneRandom shapes() {
    return stream(0);
  }

  SceneRandom frame(int frame) {
    return stream(1L + frame);
  }

  SceneRandom texts(long draw) {
    return stream(TEXTS + draw);
  }

  private SceneRandom stream(long number) {
    return SceneRandom.of(seed, index, 2 * number + (medium == Medium.CLIP ? 1 : 0));
  }
}
