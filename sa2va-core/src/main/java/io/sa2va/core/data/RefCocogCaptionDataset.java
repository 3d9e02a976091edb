package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Captions with masks made from RefCOCOg ({@code RefCOCOg_GCG_train.json}): a list of objects of
 * one key each, {@code {"<id>": {"img_file_name", "caption", "refs": [{"sentence", "segmentation":
 * [polygon, …]}]}}}. The caption is taken in lower case; a sentence counts where it first occurs in
 * it, and not if it does not.
 */
public final class RefCocogCaptionDataset implements Dataset {
  private final RecordFile records;
  private final Path images;

  /**
   * Opens a data set.
   *
   * @param file the captions
   * @param images the folder of the pictures
   * @throws io.sa2va.error.InvalidRequestException if the file is not there, or no list or an empty
   *     one
   */
  public RefCocogCaptionDataset(Path file, Path images) {
    this.records = RecordFile.ofList(file).requireSome();
    this.images = images;
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord keyed = records.get(Math.toIntExact(index));
    DataRecord record =
        keyed.fields().values().stream()
            .findFirst()
            .orElseThrow(() -> keyed.broken("should have one key"));
    Image picture = PictureFile.read(images, record.get("img_file_name"));
    String text = GroundedCaption.trimmed(record.text("caption")).toLowerCase(Locale.ROOT);
    GroundedCaption caption = new GroundedCaption(record, text);
    for (DataRecord ref : record.list("refs")) {
      String sentence = ref.text("sentence").toLowerCase(Locale.ROOT);
      int start = sentence.isEmpty() ? -1 : text.indexOf(sentence);
      if (start >= 0) {
        caption.add(
            start,
            start + sentence.length(),
            MaskField.read(ref.get("segmentation"), picture.width(), picture.height()));
      }
    }
    return caption.sample(picture, random);
  }
}
