package io.sa2va.core.data;

import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Conversations about regions as Osprey-724K has them ({@code osprey_conversation.json} and, with
 * {@link #ofShortAnswers}, {@code osprey_short_form.json}): a list of {@code {"file_name",
 * "annotation": [{"segmentation": polygons or code}], "conversations": [{"from": "human", "value":
 * "What is <region1> doing?"}, …]}}. The pictures are COCO's, in one of several folders.
 */
public final class RegionConversationDataset implements Dataset {
  private static final String SHORT = " Answer the question using a single word or phrase.";

  private final RecordFile records;
  private final List<Path> images;
  private final String afterQuestion;

  private RegionConversationDataset(Path file, List<Path> images, String afterQuestion) {
    this.records = RecordFile.ofList(file).requireSome();
    this.images = List.copyOf(images);
    this.afterQuestion = afterQuestion;
  }

  /**
   * Opens a data set.
   *
   * @param file the conversations
   * @param images folders of pictures, looked into in this order
   * @throws io.sa2va.error.InvalidRequestException if the file is not there, or no list or an empty
   *     one
   */
  public RegionConversationDataset(Path file, List<Path> images) {
    this(file, images, "");
  }

  /**
   * Opens a data set of short answers: every question asks for one.
   *
   * @param file the conversations
   * @param images folders of pictures, looked into in this order
   * @throws io.sa2va.error.InvalidRequestException if the file is not there, or no list or an empty
   *     one
   */
  public static RegionConversationDataset ofShortAnswers(Path file, List<Path> images) {
    return new RegionConversationDataset(file, images, SHORT);
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord record = records.get(Math.toIntExact(index));
    List<Turn> turns =
        ConversationField.read(record.get("conversations"), RegionRecord::withoutBrackets);
    return new RegionRecord(record, images)
        .sample(
            turns.stream()
                .map(turn -> new Turn(turn.question() + afterQuestion, turn.answer()))
                .toList());
  }
}
