package io.sa2va.core.scenes;

/**
 * A colour.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
record Rgb(float red, float green, float blue) {
  /**
   * From hue, saturation and value.
   *
   * @param hue in degrees, any
   * @param saturation 0 to 1
   * @param value 0 to 1
   */
  static Rgb ofHsv(double hue, double saturation, double value) {
    return new Rgb(
        channel(5, hue, saturation, value),
        channel(3, hue, saturation, value),
        channel(1, hue, saturation, value));
  }

  private static float channel(int offset, double hue, double saturation, double value) {
    double k = (offset + hue / 60 + 12) % 6;
    double ramp = Math.max(0, Math.min(Math.min(k, 4 - k), 1));
    return (float) (255 * value * (1 - saturation * ramp));
  }

  /** Brighter above 0, darker below; black, too, gets a little brighter. */
  Rgb shaded(float shade) {
    float lift = 12 * shade;
    float factor = 1 + shade;
    return new Rgb(red * factor + lift, green * factor + lift, blue * factor + lift);
  }

  Rgb towards(Rgb other, float share) {
    return new Rgb(
        red + share * (other.red - red),
        green + share * (other.green - green),
        blue + share * (other.blue - blue));
  }
}
