package io.sa2va.core.scenes;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.Mask;
import io.sa2va.Polygon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes pictures of this world as a data set in Sa2VA's fine-tune format: {@code
 * annotations.json}, an array of {@code {"image", "mask", "text"}}, beside the folder {@code
 * images}. For each picture {@code mask} holds one object a phrase of {@code text}: a list of
 * polygons {@code [x1, y1, x2, y2, …]}, none with a hole.
 */
public final class SceneDataset {
  private static final JsonMapper JSON = new JsonMapper();

  private SceneDataset() {}

  /**
   * Writes the first pictures of a world.
   *
   * @param folder made if it is not there; files of the same names are replaced
   * @param seed of the world
   * @param count of pictures, from 0
   * @param size of the pictures, width and height, in pixels
   * @throws IllegalArgumentException if the count or the size is out of range
   * @throws UncheckedIOException if a file cannot be written
   */
  public static void write(Path folder, long seed, int count, int size) {
    if (count < 0) {
      throw new IllegalArgumentException("count must be at least 0, but was " + count);
    }
    SceneGenerator generator = new SceneGenerator(seed, SceneOptions.ofSize(size, size));
    try {
      Path images = Files.createDirectories(folder.resolve("images"));
      Path annotations = folder.resolve("annotations.json");
      try (JsonGenerator json = JSON.createGenerator(Files.newBufferedWriter(annotations))) {
        json.writeStartArray();
        for (int i = 0; i < count; i++) {
          Scene scene = generator.picture(i);
          String file = "scene%06d.png".formatted(i);
          scene.image().writePng(images.resolve(file));
          writeScene(json, file, scene);
        }
        json.writeEndArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The scenes could not be written to " + folder, e);
    }
  }

  private static void writeScene(JsonGenerator json, String file, Scene scene) throws IOException {
    List<Phrase> phrases = scene.phrases();
    json.writeStartObject();
    json.writeStringField("image", file);
    json.writeArrayFieldStart("mask");
    for (Phrase phrase : phrases) {
      writeMask(json, scene.mask(phrase.target()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("text");
    for (Phrase phrase : phrases) {
      // questions of the format bring their own article
      json.writeString(phrase.text().substring("the ".length()));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeMask(JsonGenerator json, Mask mask) throws IOException {
    json.writeStartArray();
    for (Polygon polygon : HoleFreePolygons.of(mask)) {
      json.writeStartArray();
      for (Polygon.Point point : polygon.points()) {
        json.writeNumber(point.x());
        json.writeNumber(point.y());
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
