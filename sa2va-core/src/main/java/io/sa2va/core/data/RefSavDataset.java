package io.sa2va.core.data;

import com.google.common.primitives.Ints;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Video;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.InvalidVideoException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Long descriptions of objects in the videos of SA-V: {@code Ref-SAV.json}, {@code {"sav_000001":
 * {"video_path": "….mp4", "anno_path": "…_manual.json", "objects": {"0": {"formated": "The object
 * is …"}}}}}, and SA-V itself, whose annotations have {@code {"masklet": [[code of object 0, …] for
 * every fourth frame]}}. A sample is five of those frames, drawn, with five objects, drawn.
 *
 * <p>The question has room for a whole sentence, as in the first releases of Sa2VA; the later ones
 * put it where a phrase is due.
 */
public final class RefSavDataset implements Dataset {
  private static final int OBJECTS = 5;
  private static final int FRAMES_PER_ANNOTATION = 4;
  private static final String QUESTION = "Please segment the object according to the description: ";

  private final RecordFile records;
  private final Path folder;

  /**
   * Opens a data set.
   *
   * @param file {@code Ref-SAV.json}
   * @param folder of SA-V, in which {@code sav_train/sav_000} and so on lie, or {@code
   *     sav_000/sav_train/sav_000} as the file has it
   * @throws InvalidRequestException if the file is not there, or no object or an empty one
   */
  public RefSavDataset(Path file, Path folder) {
    this.records = RecordFile.ofObject(file).requireSome();
    this.folder = folder;
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    DataRecord record = records.get(Math.toIntExact(index));
    List<DataRecord> annotated = masklet(record);
    int[] frames = FrameChoice.any(annotated.size(), random);
    List<Image> pictures = pictures(record, annotated.size(), frames);
    List<DataRecord> chosen = Arrays.stream(frames).mapToObj(annotated::get).toList();
    var objects = List.copyOf(record.get("objects").fields().entrySet());
    if (objects.isEmpty()) {
      throw record.broken("has no objects");
    }
    List<ObjectTrack> tracks = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      var object = objects.get(random.nextInt(objects.size()));
      tracks.add(
          new ObjectTrack(
              QUESTION + object.getValue().text("formated").strip(),
              masks(chosen, object.getKey(), object.getValue(), pictures.get(0))));
    }
    return VideoSample.of(record, pictures, tracks, random);
  }

  private List<DataRecord> masklet(DataRecord record) {
    RecordFile masklet;
    try {
      masklet = RecordFile.ofList(path(record.get("anno_path")), "masklet");
    } catch (BrokenRecordException e) {
      throw e;
    } catch (InvalidRequestException e) {
      throw record.broken(e.getMessage(), e);
    }
    List<DataRecord> frames = new ArrayList<>();
    masklet.scan((frame, objects) -> frames.add(objects));
    if (frames.isEmpty()) {
      throw record.broken("has no annotated frames");
    }
    return frames;
  }

  /** A component before {@code sav_train} that is the same as the one after it is not there. */
  private Path path(DataRecord field) {
    String path = field.text().replaceFirst("(^|/)([^/]+)/sav_train/\\2/", "$1sav_train/$2/");
    return PictureFile.resolve(folder, path, field);
  }

  private List<Image> pictures(DataRecord record, int annotated, int[] frames) {
    DataRecord field = record.get("video_path");
    try (Video video = Video.read(path(field))) {
      int due = (video.frameCount() + FRAMES_PER_ANNOTATION - 1) / FRAMES_PER_ANNOTATION;
      if (due != annotated) {
        throw field.broken(
            "a video of %d frames has %d annotated ones, but there are annotations of %d"
                .formatted(video.frameCount(), due, annotated));
      }
      return Arrays.stream(frames)
          .mapToObj(frame -> video.frame(FRAMES_PER_ANNOTATION * frame))
          .toList();
    } catch (InvalidVideoException e) {
      throw field.broken(e.getMessage(), e);
    }
  }

  private static List<Mask> masks(
      List<DataRecord> frames, String object, DataRecord field, Image picture) {
    List<Mask> masks = new ArrayList<>();
    for (DataRecord frame : frames) {
      List<DataRecord> codes = frame.list();
      Integer place = Ints.tryParse(object);
      if (place == null || place < 0 || place >= codes.size()) {
        throw field.broken(
            "is object %s, but the annotations have %d".formatted(object, codes.size()));
      }
      masks.add(MaskField.read(codes.get(place), picture.width(), picture.height()));
    }
    return masks;
  }
}
