package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * Captions with masks as GranD-f and OpenPSG have them ({@code GranDf_HA_GCG_train.json}, {@code
 * OpenPsgGCG_train.json}): a list of {@code {"file_name", "caption", "groundings": {"A man":
 * {"token_positives": [0, 5], "rle_masks": [code, …]}}}}. Groundings that are null are left out.
 */
public final class GroundedCaptionDataset implements Dataset {
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
  public GroundedCaptionDataset(Path file, Path images) {
    this.records = RecordFile.ofList(file).requireSome();
    this.images = images;
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord record = records.get(Math.toIntExact(index));
    Image picture = PictureFile.read(images, record.get("file_name"));
    GroundedCaption caption =
        new GroundedCaption(record, GroundedCaption.trimmed(record.text("caption")));
    for (DataRecord grounding : record.get("groundings").fields().values()) {
      if (!grounding.isNull()) {
        caption.add(grounding.get("token_positives"), mask(grounding, picture));
      }
    }
    return caption.sample(picture, random);
  }

  private static Mask mask(DataRecord grounding, Image picture) {
    return grounding.list("rle_masks").stream()
        .map(code -> MaskField.read(code, picture.width(), picture.height()))
        .reduce(Mask.empty(picture.width(), picture.height()), Mask::union);
  }
}
