package io.sa2va.core.sam2.track;

import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a video's frames for N objects.
 *
 * <p>Conditioning frames are read by all others, tracked frames only by the nearest after them. A
 * bank that is read {@link Reading#FORWARD} forgets tracked frames as they go out of reach, so it
 * does not grow with the video.
 *
 * <p>It owns its tensors, and frees them when it forgets them or is closed. For one thread at a
 * time.
 */
public final class MemoryBank implements AutoCloseable {
  /** In which order frames will be tracked. */
  public enum Reading {
    /** Each after those before. */
    FORWARD,
    /** In either direction, and again. */
    ANY_ORDER
  }

  /**
   * A tensor of another frame.
   *
   * @param distance how many frames before the reading one; 0 for the features of conditioning
   *     frames, wherever they are
   */
  record Entry(int distance, Tensor tensor) {}

  private final int featureReach;
  private final int pointerReach;
  private final Reading reading;
  private final NavigableMap<Integer, Kept> conditioningFeatures = new TreeMap<>();
  private final NavigableMap<Integer, Kept> conditioningPointers = new TreeMap<>();
  private final NavigableMap<Integer, Kept> features = new TreeMap<>();
  private final NavigableMap<Integer, Kept> pointers = new TreeMap<>();

  /**
   * @param featureReach how many frames back features are read
   * @param pointerReach how many frames back object pointers are read
   */
  MemoryBank(int featureReach, int pointerReach, Reading reading) {
    this.featureReach = featureReach;
    this.pointerReach = pointerReach;
    this.reading = reading;
  }

  /** How many frames back object pointers are read. */
  int pointerReach() {
    return pointerReach;
  }

  /** Remembers a frame with a prompt. What was remembered of it before is forgotten. */
  public void addConditioning(int frame, FrameMemory memory) {
    put(conditioningFeatures, frame, memory.features());
    put(conditioningPointers, frame, memory.pointer());
    forget(features.subMap(frame, frame + 1));
    forget(pointers.subMap(frame, frame + 1));
  }

  /** Remembers a tracked frame, and forgets what the frames after it cannot read. */
  public void addTracked(int frame, FrameMemory memory) {
    put(features, frame, memory.features());
    put(pointers, frame, memory.pointer());
    if (reading == Reading.FORWARD) {
      forget(features.headMap(frame + 1 - featureReach));
      forget(pointers.headMap(frame + 1 - pointerReach));
    }
  }

  /** Whether there is a frame with a prompt. */
  public boolean hasConditioning() {
    return !conditioningFeatures.isEmpty();
  }

  /** The first frame with a prompt. */
  public int firstConditioning() {
    return conditioningFeatures.firstKey();
  }

  /** The last frame with a prompt. */
  public int lastConditioning() {
    return conditioningFeatures.lastKey();
  }

  /** Whether a frame has a prompt. */
  public boolean isConditioning(int frame) {
    return conditioningFeatures.containsKey(frame);
  }

  /** Features (N, L, m) that a frame reads: of conditioning frames first, then from far to near. */
  List<Entry> features(int frame, Direction direction) {
    List<Entry> entries = new ArrayList<>();
    conditioningFeatures.values().forEach(kept -> entries.add(new Entry(0, kept.tensor())));
    for (int distance = featureReach; distance >= 1; distance--) {
      addIfRemembered(entries, features, frame, direction, distance);
    }
    return entries;
  }

  /**
   * Pointers (N, C) that a frame reads: of conditioning frames before it, then from near to far.
   */
  List<Entry> pointers(int frame, Direction direction) {
    List<Entry> entries = new ArrayList<>();
    conditioningPointers.forEach(
        (other, kept) -> {
          int distance = direction.distance(frame, other);
          if (distance >= 0) {
            entries.add(new Entry(distance, kept.tensor()));
          }
        });
    for (int distance = 1; distance <= pointerReach; distance++) {
      addIfRemembered(entries, pointers, frame, direction, distance);
    }
    return entries;
  }

  private static void addIfRemembered(
      List<Entry> entries,
      NavigableMap<Integer, Kept> frames,
      int frame,
      Direction direction,
      int distance) {
    Kept kept = frames.get(direction.before(frame, distance));
    if (kept != null) {
      entries.add(new Entry(distance, kept.tensor()));
    }
  }

  private static void put(SortedMap<Integer, Kept> frames, int frame, Tensor tensor) {
    Kept before = frames.put(frame, Kept.of(tensor));
    if (before != null) {
      before.close();
    }
  }

  private static void forget(SortedMap<Integer, Kept> frames) {
    frames.values().forEach(Kept::close);
    frames.clear();
  }

  @Override
  public void close() {
    forget(conditioningFeatures);
    forget(conditioningPointers);
    forget(features);
    forget(pointers);
  }
}
