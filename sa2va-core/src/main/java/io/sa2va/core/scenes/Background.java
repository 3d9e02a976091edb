package io.sa2va.core.scenes;

/**
 * What the shapes lie on: a dull middle tone mixed with a second one by a texture, so that every
 * shape colour, black and white too, stands out.
 */
record Background(Rgb tone, Rgb other, Texture texture) {
  static Background of(SceneRandom random, int width, int height) {
    double hue = random.between(0.0, 360.0);
    double saturation = random.between(0.0, 0.22);
    double value = random.between(0.38, 0.74);
    double otherValue = Math.min(0.78, Math.max(0.34, value + random.sign() * 0.12));
    return new Background(
        Rgb.ofHsv(hue, saturation, value),
        Rgb.ofHsv(hue + random.between(-50.0, 50.0), saturation, otherValue),
        Texture.of(random, width, height));
  }

  /** One even tone. */
  static Background plain(SceneRandom random) {
    Rgb tone = Rgb.ofHsv(random.between(0.0, 360.0), 0.1, random.between(0.45, 0.65));
    return new Background(tone, tone, (x, y) -> 0);
  }

  Canvas paint(int width, int height) {
    Canvas canvas = new Canvas(width, height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        canvas.set(x, y, tone.towards(other, texture.mix(x, y)));
      }
    }
    return canvas;
  }
}
