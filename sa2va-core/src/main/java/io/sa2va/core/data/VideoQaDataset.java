package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Video;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.core.train.Turn;
import io.sa2va.error.InvalidVideoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Questions about videos as Chat-UniVi has them ({@code video_chat.json}): a list of {@code
 * {"video": "v_….mp4", "conversations": [{"from": "human", "value": "<video>\nWhat …"}, {"from":
 * "gpt", "value": …}]}}. A sample has five frames, one drawn of each fifth of the video, or all of
 * a shorter one. A file that ends in mkv may be there as mp4.
 */
public final class VideoQaDataset implements Dataset {
  private final RecordFile records;
  private final Path videos;

  /**
   * Opens a data set.
   *
   * @param file the conversations
   * @param videos the folder of the videos
   * @throws io.sa2va.error.InvalidRequestException if the file is not there, or no list or an empty
   *     one
   */
  public VideoQaDataset(Path file, Path videos) {
    this.records = RecordFile.ofList(file).requireSome();
    this.videos = videos;
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord record = records.get(Math.toIntExact(index));
    List<Turn> turns =
        ConversationField.read(
            record.get("conversations"), text -> text.replace("<video>", "").strip());
    return new Sample(frames(record, random), List.of(), Pictured.turns(turns), List.of());
  }

  private List<RgbPixels> frames(DataRecord record, RandomGenerator random) {
    DataRecord name = record.get("video");
    try (Video video = Video.read(file(name))) {
      return Arrays.stream(FrameChoice.spread(video.frameCount(), random))
          .mapToObj(
              frame -> {
                Image picture = video.frame(frame);
                return PictureFile.pixels(picture);
              })
          .toList();
    } catch (InvalidVideoException e) {
      throw name.broken(e.getMessage(), e);
    }
  }

  private Path file(DataRecord name) {
    Path file = PictureFile.resolve(videos, name);
    return Files.exists(file)
        ? file
        : PictureFile.resolve(videos, name.text().replace("mkv", "mp4"), name);
  }
}
