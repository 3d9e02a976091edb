package io.sa2va.core.data;

import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Questions about pictures, or about nothing, as LLaVA's instruction data has them ({@code
 * llava_v1_5_mix665k.json}): a list of {@code {"image": "coco/….jpg", "conversations": [{"from":
 * "human", "value": "<image>\n…"}, {"from": "gpt", "value": …}]}}, {@code image} absent where there
 * is none.
 */
public final class VqaDataset implements Dataset {
  private final RecordFile records;
  private final Path images;

  /**
   * Opens a data set.
   *
   * @param file the conversations
   * @param images the folder that their pictures are named from
   * @throws io.sa2va.error.InvalidRequestException if the file is not there or is no list
   */
  public VqaDataset(Path file, Path images) {
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
    List<Turn> turns =
        ConversationField.read(record.get("conversations"), UnaryOperator.identity());
    boolean pictured = record.has("image");
    requireMark(record, turns, pictured);
    if (!pictured) {
      return new Sample(List.of(), List.of(), turns, List.of());
    }
    RgbPixels picture = PictureFile.pixels(PictureFile.read(images, record.get("image")));
    return Sample.ofPicture(picture, turns, List.of());
  }

  /** The picture stands in the first question, once, or nowhere. */
  private static void requireMark(DataRecord record, List<Turn> turns, boolean pictured) {
    for (int i = 0; i < turns.size(); i++) {
      int marks = turns.get(i).question().split(Pictured.MARK, -1).length - 1;
      if (marks > (pictured && i == 0 ? 1 : 0)) {
        throw record.broken("<image> stands in question %d, where no picture is due".formatted(i));
      }
    }
  }
}
