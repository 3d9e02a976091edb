package io.sa2va.core.testing;

import io.sa2va.core.config.ConfigNode;
import io.sa2va.core.prepare.Normalizer;
import io.sa2va.core.prepare.PillowResize;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.sam2.Sam2;
import io.sa2va.core.sam2.Sam2Config;
import io.sa2va.core.sam2.decoder.HighResolution;
import io.sa2va.core.sam2.track.FrameFeatures;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.weights.WeightStore;
import io.sa2va.torch.weights.Weights;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A fixture's SAM2: its weights in float32, its pictures, and what the reference computed. */
public final class Sam2Fixture implements AutoCloseable {
  private final Golden golden;
  private final WeightStore store;
  private final Sam2Config config;
  private final Sam2 sam2;

  private Sam2Fixture(Golden golden) {
    this.golden = golden;
    this.store = golden.weights();
    this.config = Sam2Config.read(ConfigNode.read(golden.checkpoint().resolve("config.json")));
    this.sam2 = new Sam2(config, weights());
  }

  public static Sam2Fixture of(String family) {
    return new Sam2Fixture(Golden.of(family));
  }

  public static Sam2Fixture at(Path folder) {
    return new Sam2Fixture(Golden.at(folder));
  }

  /**
   * Folders of the test resources that SAM2 is checked with, and those under the folder that the
   * system property {@code sa2va.moreFixtures} names, if it is set.
   */
  public static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    folders.add(Golden.folder("qwen2"));
    folders.add(Golden.folder("qwen2-rms"));
    folders.addAll(more("image_segment.sam_fpn0"));
    return folders;
  }

  /** The same for Sa2VA-i. */
  public static List<Path> maskPromptedFolders() {
    List<Path> folders = new ArrayList<>();
    folders.add(Golden.folder("sa2va-i"));
    folders.addAll(more("video_segment.conditioned.0.frame1"));
    return folders;
  }

  /** Folders with an output of this name. */
  private static List<Path> more(String name) {
    String more = System.getProperty("sa2va.moreFixtures");
    if (more == null) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(Path.of(more))) {
      return found.filter(folder -> has(folder, name)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean has(Path folder, String name) {
    if (!Files.exists(folder.resolve("golden.safetensors"))) {
      return false;
    }
    try (Golden golden = Golden.at(folder)) {
      return golden.has(name);
    }
  }

  public Golden golden() {
    return golden;
  }

  public WeightStore store() {
    return store;
  }

  public Sam2Config config() {
    return config;
  }

  public Sam2 sam2() {
    return sam2;
  }

  /** The place of SAM2's weights. */
  public Weights weights() {
    return store.root().at("grounding_encoder.sam2_model");
  }

  /** The picture of the image cases, prepared: (1, 3, S, S). */
  public Tensor image() {
    return prepared(golden.image());
  }

  /** A frame of the video, prepared: (1, 3, S, S). */
  public Tensor frame(int index) {
    return prepared(frameFile(index));
  }

  /** Width and height of the video's frames. */
  public int[] frameSize() {
    RgbPixels frame = read(frameFile(0));
    return new int[] {frame.width(), frame.height()};
  }

  /** How many frames the video has. */
  public int frames() {
    int count = 0;
    while (frameFile(count).toFile().exists()) {
      count++;
    }
    return count;
  }

  /** The first frame's features as the reference computed them. */
  public FrameFeatures features(String name) {
    HighResolution details =
        new HighResolution(golden.tensor(name + ".sam_fpn0"), golden.tensor(name + ".sam_fpn1"));
    return new FrameFeatures(golden.tensor(name + ".sam_fpn2"), details, details);
  }

  private Path frameFile(int index) {
    return golden.frames().resolve(String.format(Locale.ROOT, "frame_%05d.png", index));
  }

  private Tensor prepared(Path file) {
    int side = config.imageSize();
    RgbPixels square = PillowResize.bicubic(read(file), side, side);
    return Tensors.of(Normalizer.sam2().normalize(square), 1, 3, side, side);
  }

  /** A picture file. */
  public static RgbPixels read(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      byte[] samples = new byte[image.getWidth() * image.getHeight() * 3];
      for (int i = 0; i < samples.length / 3; i++) {
        int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
        samples[3 * i] = (byte) (rgb >> 16);
        samples[3 * i + 1] = (byte) (rgb >> 8);
        samples[3 * i + 2] = (byte) rgb;
      }
      return RgbPixels.of(image.getWidth(), image.getHeight(), samples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    store.close();
    golden.close();
  }
}
