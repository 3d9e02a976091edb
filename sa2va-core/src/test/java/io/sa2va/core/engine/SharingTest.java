package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.DType;
import io.sa2va.Device;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import io.sa2va.TrackPrompt;
import io.sa2va.Tracker;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.EditedCheckpoint;
import io.sa2va.core.testing.FixtureCase;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.core.testing.Golden;
import io.sa2va.error.CancelledException;
import io.sa2va.error.DeviceException;
import io.sa2va.error.ModelNotFoundException;
import io.sa2va.torch.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several handles on one checkpoint; weights that go and come back. */
class SharingTest {
  private static final String FAMILY = "qwen2";
  private static final ChatRequest PICTURE = FixtureCase.of(FAMILY, "image_two").request().build();

  @TempDir private Path folder;

  @Test
  void load_twice_sharesTheWeights() {
    try (Sa2VA first = FixtureModel.load(FAMILY)) {
      long objects = NativeMemory.liveObjects();
      try (Sa2VA second = FixtureModel.load(FAMILY)) {
        assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
        assertThat(second.chat(PICTURE).tokens()).isEqualTo(first.chat(PICTURE).tokens());
      }
      assertThat(first.chat(PICTURE).segments()).isNotEmpty();
    }
  }

  @Test
  void close_oneOfTwo_leavesTheOther_andTheLastFreesAll() {
    long before = NativeMemory.liveObjects();
    Sa2VA first = FixtureModel.load(FAMILY);
    try (Sa2VA second = FixtureModel.load(FAMILY)) {
      first.close();
      first.close();
      assertThatThrownBy(() -> first.chat(PICTURE)).isInstanceOf(IllegalStateException.class);
      assertThat(second.chat(PICTURE).segments()).isNotEmpty();
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void load_byAnotherName_sharesTheWeightsAndKeepsItsName() throws IOException {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("link"), Golden.folder(FAMILY).resolve("checkpoint").toAbsolutePath());
    try (Sa2VA first = FixtureModel.load(FAMILY)) {
      long objects = NativeMemory.liveObjects();
      try (Sa2VA second = Sa2VA.load(link)) {
        assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
        assertThat(second.info().name()).isEqualTo(link.toString());
        assertThat(first.info().name()).isNotEqualTo(link.toString());
      }
    }
    Files.delete(link);
  }

  @Test
  void load_otherType_sharesNothing() {
    try (Sa2VA first = FixtureModel.load(FAMILY)) {
      long objects = NativeMemory.liveObjects();
      try (Sa2VA second =
          Sa2VA.load(Path.of(first.info().name()), options -> options.dtype(DType.BFLOAT16))) {
        assertThat(NativeMemory.liveObjects()).isGreaterThan(objects);
        assertThat(second.info().dtype()).isEqualTo(DType.BFLOAT16);
      }
    }
  }

  @Test
  void load_filesReplacedSince_sharesNothing() throws IOException {
    Path checkpoint = EditedCheckpoint.copy(FAMILY, folder.resolve("copy")).folder();
    try (Sa2VA first = FixtureModel.load(checkpoint)) {
      long objects = NativeMemory.liveObjects();
      touch(checkpoint);
      try (Sa2VA second = FixtureModel.load(checkpoint)) {
        assertThat(NativeMemory.liveObjects()).isGreaterThan(objects);
        assertThat(second.chat(PICTURE).tokens()).isEqualTo(first.chat(PICTURE).tokens());
      }
      assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
    }
  }

  @Test
  void reload_filesReplacedSince_takesTheNewOnes() throws IOException {
    EditedCheckpoint checkpoint = EditedCheckpoint.copy(FAMILY, folder.resolve("copy"));
    try (Sa2VA model = FixtureModel.load(checkpoint.folder())) {
      int context = model.info().contextLength();
      try (Conversation conversation = model.converse(FixtureCase.image(FAMILY))) {
        model.reload();
        conversation.ask("Please segment the red circle.");
        checkpoint.config(
            root -> root.withObject("/llm_config").put("max_position_embeddings", context - 1));
        model.reload();
        assertThat(model.info().contextLength()).isEqualTo(context - 1);
        assertThatThrownBy(() -> conversation.ask("And the blue one?"))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("unloaded since this began");
      }
    }
  }

  private static void touch(Path checkpoint) throws IOException {
    Files.setLastModifiedTime(
        checkpoint.resolve("model.safetensors"), FileTime.from(Instant.ofEpochSecond(1)));
  }

  @Test
  void unload_freesAll_andTheNextRequestLoadsAgain() {
    long before = NativeMemory.liveObjects();
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      Answer expected = model.chat(PICTURE);
      long loaded = NativeMemory.liveObjects();
      model.unload();
      model.unload();
      assertThat(model.isLoaded()).isFalse();
      assertThat(model.info().family()).isNotEmpty();
      assertThat(NativeMemory.liveObjects()).isEqualTo(before);
      assertThat(model.chat(PICTURE).tokens()).isEqualTo(expected.tokens());
      assertThat(model.isLoaded()).isTrue();
      assertThat(NativeMemory.liveObjects()).isEqualTo(loaded);
    }
  }

  @Test
  void reload_unloaded_loadsAtOnce() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      model.unload();
      model.reload();
      assertThat(model.isLoaded()).isTrue();
    }
  }

  @Test
  void unload_shared_leavesTheOther() {
    try (Sa2VA first = FixtureModel.load(FAMILY);
        Sa2VA second = FixtureModel.load(FAMILY)) {
      first.unload();
      assertThat(second.isLoaded()).isTrue();
      assertThat(second.chat(PICTURE).segments()).isNotEmpty();
    }
  }

  @Test
  void unload_filesGone_nextRequestSaysSo_andTheModelMayComeBack() throws IOException {
    Path checkpoint = EditedCheckpoint.copy(FAMILY, folder.resolve("copy")).folder();
    Path away = folder.resolve("away");
    try (Sa2VA model = FixtureModel.load(checkpoint)) {
      model.unload();
      Files.move(checkpoint, away);
      assertThatThrownBy(() -> model.chat(PICTURE)).isInstanceOf(ModelNotFoundException.class);
      Files.move(away, checkpoint);
      assertThat(model.chat(PICTURE).segments()).isNotEmpty();
    }
  }

  @Test
  void unload_conversationAndTrackerOpen_cannotGoOn() {
    long before = NativeMemory.liveObjects();
    DrawnVideo video = new DrawnVideo(3, 96, 64);
    try (Sa2VA model = FixtureModel.load(FAMILY);
        Conversation conversation = model.converse(FixtureCase.image(FAMILY));
        Tracker tracker = model.track(video)) {
      conversation.ask("Please segment the red circle.");
      model.unload();
      assertThatThrownBy(() -> conversation.ask("And the blue one?"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("begin anew");
      assertThatThrownBy(() -> tracker.prompt(new TrackPrompt(0, 0, ObjectPrompt.point(3, 3))))
          .isInstanceOf(IllegalStateException.class);
      assertThat(model.isLoaded()).isFalse();
    }
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }

  @Test
  void unload_closedModel_isRefused() {
    Sa2VA model = FixtureModel.load(FAMILY);
    model.close();
    assertThat(model.isLoaded()).isFalse();
    assertThatThrownBy(model::unload).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(model::reload).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> model.to(Device.CPU)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unload_whileARequestRuns_letsItFinish() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      ChatRequest request = PICTURE.toBuilder().onText(piece -> begun.countDown()).build();
      Future<Answer> answer = thread.submit(() -> model.chat(request));
      begun.await();
      model.unload();
      assertThat(answer.get().segments()).isNotEmpty();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void unload_byARunningRequest_isRefused() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      ChatRequest request = PICTURE.toBuilder().onText(piece -> model.unload()).build();
      assertThatThrownBy(() -> model.chat(request))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot be unloaded by a request that it is answering");
      assertThat(model.isLoaded()).isTrue();
    }
  }

  @Test
  void to_sameDevice_sharesTheWeights() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      long objects = NativeMemory.liveObjects();
      try (Sa2VA same = model.to(Device.CPU)) {
        assertThat(NativeMemory.liveObjects()).isEqualTo(objects);
        assertThat(same.info().name()).isEqualTo(model.info().name());
      }
      assertThat(model.chat(PICTURE).segments()).isNotEmpty();
    }
  }

  @Test
  void to_otherType_computesInIt_alsoWhenTheFirstIsClosed() {
    Sa2VA exact = FixtureModel.load(FAMILY);
    try (Sa2VA rough = exact.to(Device.CPU, DType.BFLOAT16)) {
      exact.close();
      assertThat(rough.info().dtype()).isEqualTo(DType.BFLOAT16);
      assertThat(rough.chat(PICTURE).tokens()).isNotEmpty();
    }
  }

  @Test
  void to_deviceThatIsNotThere_isRefused_andTheModelStays() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      assertThatThrownBy(() -> model.to(Device.cuda(99))).isInstanceOf(DeviceException.class);
      assertThat(model.chat(PICTURE).segments()).isNotEmpty();
    }
  }

  @Test
  void load_cancelledBefore_leavesNothing() {
    long before = NativeMemory.liveObjects();
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    Path checkpoint = Golden.folder(FAMILY).resolve("checkpoint");
    assertThatThrownBy(() -> Sa2VA.load(checkpoint, options -> options.cancellation(cancellation)))
        .isInstanceOf(CancelledException.class);
    assertThat(NativeMemory.liveObjects()).isEqualTo(before);
  }
}
