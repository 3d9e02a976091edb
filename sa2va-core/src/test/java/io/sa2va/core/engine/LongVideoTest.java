package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Answer;
import io.sa2va.Sa2VA;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.core.testing.ResidentMemory;
import io.sa2va.torch.NativeMemory;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LongVideoTest {
  /** By then the memory bank has all the frames that it ever holds. */
  private static final int STEADY = 25;

  private final Map<Integer, Long> objects = new TreeMap<>();
  private final Map<Integer, Long> residentBytes = new TreeMap<>();
  private final Map<Integer, Long> heapBytes = new TreeMap<>();

  @Test
  void chat_fortyFrames_holdsAsManyNativeObjectsLateAsEarly() {
    segment(new DrawnVideo(40, 160, 90, this::countObjects));
    assertThat(objects.get(39)).isEqualTo(objects.get(STEADY));
  }

  @Test
  @Tag("slow")
  void chat_threeHundredFrames_growsByItsMasksOnly() {
    int width = 640;
    int height = 360;
    segment(new DrawnVideo(100, width, height));
    segment(new DrawnVideo(300, width, height, this::measure));
    assertThat(objects.get(299)).isEqualTo(objects.get(50));
    long masks = 250L * width * height / 8;
    assertThat(residentBytes.get(299)).isLessThan(residentBytes.get(50) * 11 / 10 + masks);
    assertThat(heapBytes.get(299) - heapBytes.get(50)).isLessThan(masks * 5 / 4);
  }

  private static void segment(DrawnVideo video) {
    try (Sa2VA model = FixtureModel.load("qwen2")) {
      Answer answer = model.chat(video, "Please segment the girl.");
      assertThat(answer.segments().get(0).masks()).hasSize(video.frameCount());
    }
  }

  private void countObjects(int frame) {
    objects.put(frame, NativeMemory.liveObjects());
  }

  private void measure(int frame) {
    countObjects(frame);
    if (frame == 50 || frame == 299) {
      residentBytes.put(frame, ResidentMemory.settledBytes());
      heapBytes.put(frame, ResidentMemory.heapBytes());
    }
  }
}
