package io.sa2va.core.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Which objects of a frame count in the loss: always {@value #COUNT} places, so that every frame
 * weighs the same.
 *
 * @param objects those to decode, each once
 * @param places for each place, an index into {@code objects}
 */
record ObjectChoice(List<Long> objects, List<Long> places) {
  /** As in the reference. */
  static final int COUNT = 5;

  /** All objects in turn until the places are full, or a random part of them. */
  static ObjectChoice of(int available, Random random) {
    List<Long> all = new ArrayList<>(LongStream.range(0, available).boxed().toList());
    if (available > COUNT) {
      Collections.shuffle(all, random);
    }
    int count = Math.min(available, COUNT);
    return new ObjectChoice(
        List.copyOf(all.subList(0, count)),
        LongStream.range(0, COUNT).map(place -> place % count).boxed().toList());
  }
}
