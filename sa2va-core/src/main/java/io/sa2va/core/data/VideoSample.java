package io.sa2va.core.data;

import io.sa2va.Image;
import io.sa2va.core.train.Sample;
import java.util.List;
import java.util.random.RandomGenerator;

/** Samples of some frames of a video. */
final class VideoSample {
  private VideoSample() {}

  /**
   * A question and an answer with one mask for each object.
   *
   * @param record that it is from
   * @throws io.sa2va.core.train.BrokenRecordException if the frames differ in size
   */
  static Sample of(
      DataRecord record, List<Image> frames, List<ObjectTrack> objects, RandomGenerator random) {
    requireOneSize(record, frames);
    return new Sample(
        frames.stream().map(PictureFile::pixels).toList(),
        List.of(),
        SegmentationWording.turns(objects.stream().map(ObjectTrack::question).toList(), random),
        objects.stream().map(ObjectTrack::masks).toList());
  }

  private static void requireOneSize(DataRecord record, List<Image> frames) {
    Image first = frames.get(0);
    for (Image frame : frames) {
      if (frame.width() != first.width() || frame.height() != first.height()) {
        throw record.broken("has frames of different sizes: " + first + " and " + frame);
      }
    }
  }
}
