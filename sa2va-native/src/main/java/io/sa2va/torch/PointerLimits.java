package io.sa2va.torch;

/** JavaCPP's limits on memory, which are lifted before its first class loads. */
public final class PointerLimits {
  static {
    // They count memory that is not Java's to count: four times -Xmx of resident memory would stop
    // a big model in a small heap, and the check costs more than a small operation.
    setDefault("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    setDefault("org.bytedeco.javacpp.maxBytes", "0");
  }

  private PointerLimits() {}

  /** Lifts the limits unless the user has set them. Calling it again is free. */
  public static void lift() {}

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
