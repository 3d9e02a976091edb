package io.sa2va.core.data;

import io.sa2va.core.train.Dataset;
import io.sa2va.error.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds what a name of a data set stands for. */
public final class Datasets {
  /** The name of the drawn world. */
  public static final String SCENES = "scenes";

  private Datasets() {}

  /**
   * Opens a data set.
   *
   * @param name a folder in the fine-tune format, which wins if there is one, or {@value #SCENES}
   * @param seed of the drawn world; different seeds have no scene in common
   * @throws InvalidRequestException if there is none of that name, or it is not sound
   */
  public static Dataset open(String name, long seed) {
    Path folder = Path.of(name);
    if (Files.isRegularFile(folder.resolve(FinetuneDataset.ANNOTATIONS))) {
      return new FinetuneDataset(folder);
    }
    if (name.equals(SCENES) && !Files.exists(folder)) {
      return SceneSamples.ofWorld(seed);
    }
    throw new InvalidRequestException(
        Files.isDirectory(folder)
            ? folder
                + " holds no "
                + FinetuneDataset.ANNOTATIONS
                + ", so it is no data set known here"
            : "there is no data folder " + name + "; name one, or say \"" + SCENES + "\"");
  }
}
