package io.sa2va.core.sam2.track;

import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a video's frames for N objects: of conditioning frames everything, of the
 * frames that were tracked only what a later frame can still read. So it does not grow with the
 * video.
 *
 * <p>It owns its tensors and frees them when they go out of reach or it is closed. For one thread
 * at a time.
 */
public final class MemoryBank implements AutoCloseable {
  /**
   * A tensor of another frame.
   *
   * @param distance frames between that frame and the one that reads; 0 for the features of
   *     conditioning frames, wherever they are
   */
  record Entry(int distance, Tensor tensor) {}

  private final int recentFrames;
  private final int recentPointers;
  private final NavigableMap<Integer, Kept> conditioningFeatures = new TreeMap<>();
  private final NavigableMap<Integer, Kept> conditioningPointers = new TreeMap<>();
  private final NavigableMap<Integer, Kept> features = new TreeMap<>();
  private final NavigableMap<Integer, Kept> pointers = new TreeMap<>();

  /**
   * @param recentFrames how many frames back features are read
   * @param recentPointers how many frames back object pointers are read
   */
  MemoryBank(int recentFrames, int recentPointers) {
    this.recentFrames = recentFrames;
    this.recentPointers = recentPointers;
  }

  /** Remembers a frame with a prompt, for as long as this bank is open. */
  void addConditioning(int frame, FrameMemory memory) {
    put(conditioningFeatures, frame, memory.features());
    put(conditioningPointers, frame, memory.pointer());
  }

  /** Remembers a tracked frame, and forgets what the frames after it cannot read. */
  void addTracked(int frame, FrameMemory memory) {
    put(features, frame, memory.features());
    put(pointers, frame, memory.pointer());
    forget(features.headMap(frame + 1 - recentFrames));
    forget(pointers.headMap(frame + 1 - recentPointers));
  }

  /** Whether there is a frame with a prompt. */
  public boolean hasConditioning() {
    return !conditioningFeatures.isEmpty();
  }

  /** Whether a frame has a prompt. */
  public boolean isConditioning(int frame) {
    return conditioningFeatures.containsKey(frame);
  }

  /** Features (N, L, m) that a frame reads: of conditioning frames first, then from far to near. */
  List<Entry> features(int frame) {
    List<Entry> entries = new ArrayList<>();
    conditioningFeatures.values().forEach(kept -> entries.add(new Entry(0, kept.tensor())));
    features
        .subMap(frame - recentFrames, frame)
        .forEach((other, kept) -> entries.add(new Entry(frame - other, kept.tensor())));
    return entries;
  }

  /** Pointers (N, C) that a frame reads: of conditioning frames up to it, then from near to far. */
  List<Entry> pointers(int frame) {
    List<Entry> entries = new ArrayList<>();
    conditioningPointers
        .headMap(frame, true)
        .forEach((other, kept) -> entries.add(new Entry(frame - other, kept.tensor())));
    pointers
        .subMap(frame - recentPointers, true, frame, false)
        .descendingMap()
        .forEach((other, kept) -> entries.add(new Entry(frame - other, kept.tensor())));
    return entries;
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
