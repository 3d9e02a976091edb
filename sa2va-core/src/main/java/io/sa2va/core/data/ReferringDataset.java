package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.core.train.Dataset;
import io.sa2va.core.train.Sample;
import io.sa2va.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Referring segmentation of pictures: RefCOCO, RefCOCO+, RefCOCOg and gRefCOCO. A sample is a
 * picture with five of its objects, drawn, each by one of its sentences, drawn anew each time.
 *
 * <p>It takes two JSON files. The annotations are {@code instances.json}, as published. The
 * sentences are the list that the publishers pickle as {@code refs(unc).p} or {@code refs(umd).p},
 * written once as JSON ({@code json.dump(pickle.load(…))}), or {@code grefs(unc).json}, which is
 * published so: {@code [{"ann_id": 1719310, "image_id": 581857, "split": "train", "sentences":
 * [{"raw": "THE LADY", "sent": "the lady"}, …]}, …]}. Where {@code ann_id} is a list its objects
 * are one; {@code [-1]}, which says that nothing is meant, is left out.
 */
public final class ReferringDataset implements Dataset {
  private static final int OBJECTS = 5;
  private static final String NOTHING = "-1";

  private final CocoFile annotations;
  private final RecordFile refs;
  private final Path images;

  /** For each picture the places of its sentences in the file; a broken one is by itself. */
  private final List<List<Integer>> pictures;

  /**
   * Opens a data set.
   *
   * @param instances {@code instances.json}
   * @param refs the sentences as JSON
   * @param images the folder of the pictures
   * @param split such as {@code train}
   * @throws InvalidRequestException if a file is not there or not of this form, or has nothing of
   *     the split
   */
  public ReferringDataset(Path instances, Path refs, Path images, String split) {
    this.annotations = new CocoFile(instances);
    this.refs = RecordFile.ofList(refs);
    this.images = images;
    Map<String, List<Integer>> byPicture = new LinkedHashMap<>();
    this.refs.scan((index, ref) -> group(byPicture, index, ref, split));
    this.pictures = List.copyOf(byPicture.values());
    if (pictures.isEmpty()) {
      throw new InvalidRequestException(refs + " has no sentences of the split " + split);
    }
  }

  private static void group(
      Map<String, List<Integer>> byPicture, int index, DataRecord ref, String split) {
    String picture;
    try {
      if (!ref.text("split").equals(split) || annotationIds(ref).isEmpty()) {
        return;
      }
      picture = ref.get("image_id").identifier();
    } catch (BrokenRecordException e) {
      picture = "broken " + index; // refused when it is asked for
    }
    byPicture.computeIfAbsent(picture, id -> new ArrayList<>()).add(index);
  }

  private static List<DataRecord> annotationIds(DataRecord ref) {
    DataRecord ids = ref.get("ann_id");
    List<DataRecord> all = ids.isList() ? ids.list() : List.of(ids);
    return all.stream().filter(id -> !id.identifier().equals(NOTHING)).toList();
  }

  @Override
  public long size() {
    return pictures.size();
  }

  @Override
  public Sample get(long index, RandomGenerator random) {
    List<DataRecord> sentences =
        pictures.get(Math.toIntExact(index)).stream().map(refs::get).toList();
    DataRecord first = sentences.get(0);
    DataRecord entry = annotations.image(first.get("image_id"));
    Image picture = PictureFile.read(images, entry.get("file_name"));
    List<List<DataRecord>> objects = objects(sentences);
    List<String> questions = new ArrayList<>();
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < OBJECTS; i++) {
      List<DataRecord> object = objects.get(random.nextInt(objects.size()));
      questions.add(SegmentationWording.question(sentence(object, random), random));
      masks.add(mask(object.get(0), picture));
    }
    return Sample.ofPicture(
        PictureFile.pixels(picture), SegmentationWording.turns(questions, random), masks);
  }

  /** The sentences of each object; the same object may be spoken of more than once. */
  private static List<List<DataRecord>> objects(List<DataRecord> sentences) {
    Map<List<String>, List<DataRecord>> objects = new LinkedHashMap<>();
    for (DataRecord ref : sentences) {
      List<String> ids = annotationIds(ref).stream().map(DataRecord::identifier).toList();
      objects.computeIfAbsent(ids, key -> new ArrayList<>()).add(ref);
    }
    return List.copyOf(objects.values());
  }

  private static String sentence(List<DataRecord> object, RandomGenerator random) {
    List<DataRecord> sentences =
        object.stream().flatMap(ref -> ref.list("sentences").stream()).toList();
    if (sentences.isEmpty()) {
      throw object.get(0).broken("has no sentences");
    }
    DataRecord sentence = sentences.get(random.nextInt(sentences.size()));
    return SegmentationWording.phrase(sentence.text(sentence.has("raw") ? "raw" : "sent"));
  }

  private Mask mask(DataRecord ref, Image picture) {
    Mask mask = Mask.empty(picture.width(), picture.height());
    for (DataRecord id : annotationIds(ref)) {
      DataRecord shape = annotations.annotation(id).get("segmentation");
      mask = mask.union(MaskField.read(shape, picture.width(), picture.height()));
    }
    return mask;
  }
}
