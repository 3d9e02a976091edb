package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Referring segmentation of videos: MeViS, ReVOS, Ref-YouTube-VOS, and what has their form. A
 * sample is five frames of a video, drawn, with five of its expressions, drawn.
 *
 * <p>It takes {@code meta_expressions.json}, {@code {"videos": {"<video>": {"frames": ["00000", …],
 * "expressions": {"0": {"exp": "the elephant walking left", "anno_id": [4, 7]}}}}}}; {@code
 * mask_dict.json}, {@code {"4": [code or null for each frame, in the order of their names], …}},
 * where an expression means all its annotations together; and the folder of {@code
 * <video>/<frame>.jpg}. The masks of Ref-YouTube-VOS are published as a pickle, to be written once
 * as JSON ({@code json.dump(pickle.load(…))}).
 */
public final class ReferringVideoDataset implements Dataset {
  private static final int OBJECTS = 5;

  private final RecordFile videos;
  private final RecordFile masks;
  private final Path images;
  private final AnnotationIds annotationIds;

  /** Which annotations an expression means. */
  private interface AnnotationIds {
    /**
     * Their identifiers.
     *
     * @param rank of the expression among the sorted ones of its video
     */
    List<String> of(int video, int rank, DataRecord expression);
  }

  private ReferringVideoDataset(
      RecordFile videos, Path masks, Path images, AnnotationIds annotationIds) {
    this.videos = videos.requireSome();
    this.masks = RecordFile.ofObject(masks);
    this.images = images;
    this.annotationIds = annotationIds;
  }

  /**
   * Opens a data set.
   *
   * @param expressions {@code meta_expressions.json}
   * @param masks {@code mask_dict.json}
   * @param images the folder that has one of frames for each video
   * @throws io.sa2va.error.InvalidRequestException if a file is not there or not of this form
   */
  public ReferringVideoDataset(Path expressions, Path masks, Path images) {
    this(
        RecordFile.ofObject(expressions, "videos"),
        masks,
        images,
        (video, rank, expression) ->
            expression.list("anno_id").stream().map(DataRecord::identifier).toList());
  }

  /**
   * Opens a data set whose expressions do not say what they mean, as those of Ref-YouTube-VOS: the
   * masks are numbered like the expressions, video after video in the order of the file, and in a
   * video in the order of their names.
   *
   * @param expressions {@code meta_expressions.json}
   * @param masks {@code mask_dict.json}
   * @param images the folder that has one of frames for each video
   * @throws io.sa2va.error.InvalidRequestException if a file is not there or not of this form
   * @throws BrokenRecordException if the expressions of a video cannot be counted
   */
  public static ReferringVideoDataset ofNumberedExpressions(
      Path expressions, Path masks, Path images) {
    RecordFile videos = RecordFile.ofObject(expressions, "videos");
    int[] before = new int[videos.size() + 1];
    videos.scan(
        (index, video) ->
            before[index + 1] = before[index] + video.get("expressions").fields().size());
    return new ReferringVideoDataset(
        videos,
        masks,
        images,
        (video, rank, expression) -> List.of(Integer.toString(before[video] + rank)));
  }

  @Override
  public long size() {
    return videos.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    int video = Math.toIntExact(index);
    DataRecord record = videos.get(video);
    List<DataRecord> expressions = sorted(record);
    List<DataRecord> names = record.list("frames");
    if (names.isEmpty() || expressions.isEmpty()) {
      throw record.broken("has no frames or no expressions");
    }
    List<DataRecord> ordered =
        names.stream().sorted((a, b) -> a.text().compareTo(b.text())).toList();
    int[] frames = FrameChoice.any(ordered.size(), random);
    List<Image> pictures = pictures(videos.key(video), ordered, frames);
    List<ObjectTrack> objects = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      int rank = random.nextInt(expressions.size());
      DataRecord expression = expressions.get(rank);
      objects.add(
          new ObjectTrack(
              question(expression.text("exp"), random),
              masks(
                  expression,
                  annotationIds.of(video, rank, expression),
                  ordered.size(),
                  frames,
                  pictures.get(0))));
    }
    return VideoSample.of(record, pictures, objects, random);
  }

  /** In the order of their names as texts: 0, 1, 10, 11, …, 2. */
  private static List<DataRecord> sorted(DataRecord video) {
    Map<String, DataRecord> expressions = new TreeMap<>(video.get("expressions").fields());
    return List.copyOf(expressions.values());
  }

  private List<Image> pictures(String video, List<DataRecord> names, int[] frames) {
    return Arrays.stream(frames)
        .mapToObj(
            frame -> {
              DataRecord name = names.get(frame);
              return PictureFile.read(images, video + "/" + name.text() + ".jpg", name);
            })
        .toList();
  }

  /** What asks already is asked as it is. */
  private static String question(String expression, RandomGenerator random) {
    return expression.contains("?")
        ? expression
        : SegmentationWording.question(
            expression.replace(".", "").strip().toLowerCase(Locale.ROOT), random);
  }

  private List<Mask> masks(
      DataRecord expression, List<String> ids, int count, int[] frames, Image picture) {
    List<List<DataRecord>> tracks = ids.stream().map(id -> track(expression, id, count)).toList();
    return IntStream.of(frames).mapToObj(frame -> mask(tracks, frame, picture)).toList();
  }

  private List<DataRecord> track(DataRecord expression, String id, int frames) {
    List<DataRecord> track =
        masks
            .find(id)
            .orElseThrow(() -> expression.broken(masks + " has no annotation " + id))
            .list();
    if (track.size() != frames) {
      throw expression.broken(
          "annotation %s of %s has %d frames, but the video has %d"
              .formatted(id, masks, track.size(), frames));
    }
    return track;
  }

  private static Mask mask(List<List<DataRecord>> tracks, int frame, Image picture) {
    Mask mask = Mask.empty(picture.width(), picture.height());
    for (List<DataRecord> track : tracks) {
      if (!track.get(frame).isNull()) {
        mask = mask.union(MaskField.read(track.get(frame), picture.width(), picture.height()));
      }
    }
    return mask;
  }
}
