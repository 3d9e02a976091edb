package io.sa2va.core.scenes;

/** How much of a second tone each pixel has, 0 to 1. Pure functions of the place. */
interface Texture {
  /** The share of the second tone. */
  float mix(int x, int y);

  /** One of the kinds, with random sizes and directions that suit the picture. */
  static Texture of(SceneRandom random, int width, int height) {
    double side = Math.min(width, height);
    return switch (random.below(7)) {
      case 0 -> gradient(random, width, height);
      case 1 -> stripes(random, side);
      case 2 -> checker(random, side);
      case 3 -> waves(random, side);
      case 4 -> blobs(random, width, height);
      case 5 -> clouds(random, width, height);
      default -> (x, y) -> 0;
    };
  }

  private static Texture gradient(SceneRandom random, int width, int height) {
    double angle = random.between(0, 2 * StrictMath.PI);
    float dx = (float) (StrictMath.cos(angle) / width);
    float dy = (float) (StrictMath.sin(angle) / height);
    return (x, y) -> {
      float along = 0.5f + dx * (x - width / 2) + dy * (y - height / 2);
      return Math.max(0, Math.min(1, along));
    };
  }

  private static Texture stripes(SceneRandom random, double side) {
    double angle = random.between(0, StrictMath.PI);
    double period = side * random.between(0.08, 0.25);
    float dx = (float) (StrictMath.cos(angle) / period);
    float dy = (float) (StrictMath.sin(angle) / period);
    float sharpness = random.chance(0.5) ? 12 : 2;
    return (x, y) -> {
      float phase = dx * x + dy * y;
      float wave = 4 * Math.abs(phase - (float) Math.floor(phase) - 0.5f) - 1;
      return Math.max(0, Math.min(1, 0.5f + 0.5f * sharpness * wave));
    };
  }

  private static Texture checker(SceneRandom random, double side) {
    int cell = (int) Math.max(2, side * random.between(0.06, 0.2));
    float share = (float) random.between(0.5, 1);
    return (x, y) -> (x / cell + y / cell) % 2 * share;
  }

  private static Texture waves(SceneRandom random, double side) {
    float[] first = sines(random, side);
    float[] second = sines(random, side);
    int a = random.between(1, 3);
    int b = random.between(1, 3);
    return (x, y) ->
        0.5f
            + 0.25f * first[(a * x + b * y) % first.length]
            + 0.25f * second[(b * x + (second.length - a) * y) % second.length];
  }

  private static float[] sines(SceneRandom random, double side) {
    float[] values = new float[(int) Math.max(8, side * random.between(0.3, 1))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) StrictMath.sin(2 * StrictMath.PI * i / values.length);
    }
    return values;
  }

  private static Texture blobs(SceneRandom random, int width, int height) {
    int count = random.between(3, 7);
    float[] blobs = new float[3 * count];
    for (int i = 0; i < blobs.length; i += 3) {
      double radius = Math.min(width, height) * random.between(0.06, 0.2);
      blobs[i] = random.below(width);
      blobs[i + 1] = random.below(height);
      blobs[i + 2] = (float) (1 / (radius * radius));
    }
    return (x, y) -> {
      float sum = 0;
      for (int i = 0; i < blobs.length; i += 3) {
        float dx = x - blobs[i];
        float dy = y - blobs[i + 1];
        sum += 1 / (1 + (dx * dx + dy * dy) * blobs[i + 2]);
      }
      return Math.min(1, sum);
    };
  }

  private static Texture clouds(SceneRandom random, int width, int height) {
    int cell = (int) Math.max(4, Math.min(width, height) * random.between(0.08, 0.3));
    ValueNoise coarse = new ValueNoise(random, width, height, cell);
    ValueNoise fine = new ValueNoise(random, width, height, Math.max(2, cell / 3));
    return (x, y) -> 0.65f * coarse.at(x, y) + 0.35f * fine.at(x, y);
  }
}
