package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.data.AnnotatedPictures.AnnotatedPhrase;
import io.sa2va.core.data.AnnotatedPictures.AnnotatedPicture;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * {@link AnnotatedPictures} to learn from: all objects of a picture are asked for, one a turn. Safe
 * to share by threads.
 *
 * <p>Source: projects/sa2va/datasets/sa2va_data_finetune.py. Differs from it where polygons of an
 * object overlap: it counts such pixels twice.
 */
public final class FinetuneDataset implements Dataset {
  static final String ANNOTATIONS = "annotations.json";

  private final Path folder;
  private final AnnotatedPictures pictures;

  /**
   * Opens a folder.
   *
   * @throws io.sa2va.error.InvalidRequestException if its annotations cannot be read or are empty
   */
  public FinetuneDataset(Path folder) {
    this.folder = folder;
    this.pictures = new AnnotatedPictures(folder);
  }

  @Override
  public long size() {
    return pictures.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    AnnotatedPicture picture = pictures.get(Math.toIntExact(index));
    List<String> questions = new ArrayList<>();
    List<Mask> objects = new ArrayList<>();
    for (AnnotatedPhrase phrase : picture.phrases()) {
      if (phrase.mask().isEmpty()) {
        throw new BrokenRecordException(
            "%s: record %d: the mask of \"%s\" covers no pixel of %s"
                .formatted(folder.resolve(ANNOTATIONS), index, phrase.text(), picture.file()));
      }
      questions.add(
          SegmentationWording.question(SegmentationWording.phrase(phrase.text()), random));
      objects.add(phrase.mask());
    }
    Image image = picture.image();
    return Sample.ofPicture(
        RgbPixels.of(image.width(), image.height(), image.rgb()),
        SegmentationWording.turns(questions, random),
        objects);
  }
}
