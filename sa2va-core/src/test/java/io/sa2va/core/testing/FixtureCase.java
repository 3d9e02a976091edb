package io.sa2va.core.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.ChatRequest;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Video;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A request about a fixture's picture or video, and the reply of the reference.
 *
 * @param family the fixture
 * @param name as in the manifest
 * @param text the prompt
 * @param kind image, video or text
 * @param regions whether the region masks go with it
 * @param prediction the reply, special tokens kept
 */
public record FixtureCase(
    String family, String name, String text, String kind, boolean regions, String prediction) {
  private static final Pattern NPY_SHAPE =
      Pattern.compile(
          "'descr': '\\|u1', 'fortran_order': False, 'shape': \\((\\d+), (\\d+), (\\d+)\\)");

  /** All cases of the fixture's manifest. */
  public static List<FixtureCase> all(String family) {
    try {
      JsonNode manifest =
          new JsonMapper().readTree(Golden.folder(family).resolve("manifest.json").toFile());
      return StreamSupport.stream(manifest.get("cases").spliterator(), false)
          .map(node -> of(family, node))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FixtureCase of(String family, JsonNode node) {
    return new FixtureCase(
        family,
        node.get("name").asText(),
        node.get("text").asText(),
        node.get("kind").asText(),
        node.get("regions").asBoolean(),
        node.get("prediction").asText());
  }

  public static FixtureCase of(String family, String name) {
    return all(family).stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
  }

  /** The request of this case, to be changed as a test needs. */
  public ChatRequest.Builder request() {
    ChatRequest.Builder request = ChatRequest.builder().prompt(text);
    if (kind.equals("image")) {
      request.image(image(family));
    } else if (kind.equals("video")) {
      request.video(video(family));
    }
    return regions ? request.regions(regions(family)) : request;
  }

  public static Image image(String family) {
    return Image.read(Golden.folder(family).resolve("images/image.png"));
  }

  public static Video video(String family) {
    try (Stream<Path> files = Files.list(Golden.folder(family).resolve("images"))) {
      return Video.ofFrames(
          files
              .filter(file -> file.getFileName().toString().startsWith("frame_"))
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The masks of {@code region_masks.npy}, bytes of shape (regions, H, W). */
  public static List<Mask> regions(String family) {
    try {
      byte[] file = Files.readAllBytes(Golden.folder(family).resolve("images/region_masks.npy"));
      Matcher shape = NPY_SHAPE.matcher(new String(file, StandardCharsets.ISO_8859_1));
      if (!shape.find()) {
        throw new IOException("region_masks.npy is not three-dimensional bytes");
      }
      int count = Integer.parseInt(shape.group(1));
      int height = Integer.parseInt(shape.group(2));
      int width = Integer.parseInt(shape.group(3));
      int start = file.length - count * height * width;
      List<Mask> masks = new ArrayList<>();
      for (int region = 0; region < count; region++) {
        boolean[] set = new boolean[height * width];
        for (int i = 0; i < set.length; i++) {
          set[i] = file[start + region * set.length + i] != 0;
        }
        masks.add(Mask.of(width, height, set));
      }
      return masks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return family + " " + name;
  }
}
