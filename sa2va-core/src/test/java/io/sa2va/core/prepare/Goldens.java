package io.sa2va.core.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;

/** What the reference computed, from the test resources of this package. */
final class Goldens {
  private Goldens() {}

  /** A PNG file. */
  static RgbPixels picture(String name) throws IOException {
    try (InputStream in = open(name + ".png")) {
      BufferedImage image = ImageIO.read(in);
      byte[] samples = new byte[image.getWidth() * image.getHeight() * RgbPixels.CHANNELS];
      int next = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int rgb = image.getRGB(x, y);
          samples[next++] = (byte) (rgb >> 16);
          samples[next++] = (byte) (rgb >> 8);
          samples[next++] = (byte) rgb;
        }
      }
      return RgbPixels.of(image.getWidth(), image.getHeight(), samples);
    }
  }

  /** Little-endian float32, compressed. */
  static float[] floats(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(open(name + ".f32.gz"))) {
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    }
  }

  /** The rows of integers under a key of a JSON file: {@code [description, rows]}. */
  static List<int[]> rows(String file, String key) throws IOException {
    try (InputStream in = open(file)) {
      List<int[]> rows = new ArrayList<>();
      for (JsonNode row : new ObjectMapper().readTree(in).required(key).required(1)) {
        int[] numbers = new int[row.size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = row.get(i).intValue();
        }
        rows.add(numbers);
      }
      return rows;
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = Goldens.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("no test resource " + name);
    }
    return in;
  }
}
