package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Captions with masks made from Flickr30k ({@code flickr_mergedGT_GCG_train.json}), in COCO's form:
 * pictures with {@code caption}, {@code width} and {@code height}; annotations with {@code bbox},
 * {@code area}, {@code tokens_positive}, a list of spans of which the first counts, and the code
 * {@code sam_mask}. Left out are pictures whose caption has fewer than three words or one of whose
 * sides is below 32 pixels, and annotations that say {@code ignore} or lie outside or are empty.
 */
public final class FlickrCaptionDataset implements Dataset {
  private static final int LEAST_WORDS = 3;
  private static final int LEAST_SIDE = 32;

  private final CocoFile annotations;
  private final Path images;
  private final List<Integer> used = new ArrayList<>();

  /**
   * Opens a data set.
   *
   * @param file the captions
   * @param images the folder of the pictures
   * @throws InvalidRequestException if the file is not there, not of this form, or has no usable
   *     picture
   */
  public FlickrCaptionDataset(Path file, Path images) {
    this.annotations = new CocoFile(file);
    this.images = images;
    for (int i = 0; i < annotations.imageCount(); i++) {
      if (isUsed(annotations.imageAt(i))) {
        used.add(i);
      }
    }
    if (used.isEmpty()) {
      throw new InvalidRequestException(file + " has no picture with a caption");
    }
  }

  /** A broken one is used, to be refused when it is asked for. */
  private static boolean isUsed(DataRecord image) {
    try {
      int words = image.text("caption").split(" ", -1).length;
      int side = Math.min(image.integer("width", 1), image.integer("height", 1));
      return words >= LEAST_WORDS && side >= LEAST_SIDE;
    } catch (BrokenRecordException e) {
      return true;
    }
  }

  @Override
  public long size() {
    return used.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord record = annotations.imageAt(used.get(Math.toIntExact(index)));
    Image picture = PictureFile.read(images, record.get("file_name"));
    GroundedCaption caption = new GroundedCaption(record, record.text("caption"));
    for (DataRecord annotation : annotations.annotationsOf(record)) {
      if (counts(annotation, picture)) {
        List<DataRecord> spans = annotation.list("tokens_positive");
        if (spans.isEmpty()) {
          throw annotation.broken("tokens_positive has no span");
        }
        caption.add(spans.get(0), mask(annotation, picture));
      }
    }
    return caption.sample(picture, random);
  }

  private static boolean counts(DataRecord annotation, Image picture) {
    double[] box = annotation.get("bbox").numbers();
    if (box.length != 4) {
      throw annotation.broken("bbox should be [x, y, width, height]");
    }
    boolean inside =
        Math.min(box[0] + box[2], picture.width()) > Math.max(box[0], 0)
            && Math.min(box[1] + box[3], picture.height()) > Math.max(box[1], 0);
    return !annotation.isTrue("ignore")
        && inside
        && box[2] >= 1
        && box[3] >= 1
        && annotation.get("area").number() > 0;
  }

  private static Mask mask(DataRecord annotation, Image picture) {
    return MaskField.read(annotation.get("sam_mask"), picture.width(), picture.height());
  }
}
