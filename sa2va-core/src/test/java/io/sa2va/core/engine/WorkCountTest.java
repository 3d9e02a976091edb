package io.sa2va.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.ChatRequest;
import io.sa2va.Sa2VA;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.testing.DrawnVideo;
import io.sa2va.core.testing.FixtureModel;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import io.sa2va.torch.WorkCount;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Guards the speed of what is done over and over, by counts that are the same on every machine.
 *
 * <p>If one of these fails, the change before it made libtorch do more for every token or frame.
 * Where that is not needed, move it out of the loop: constants to the constructor, what a request
 * shares to its start. Where it is, and a benchmark shows that it pays, raise the number here and
 * say why in the commit.
 *
 * <p>Uploads and waits are what a GPU would be kept from its work by: a value that Java makes for
 * each token or frame, and one that it reads. Make the first on the device, and read only what the
 * caller gets. How little a GPU's own way of decoding needs is guarded in {@code
 * InPlaceDecodingTest}.
 */
class WorkCountTest {
  private static final String FAMILY = "qwen2";

  @Test
  void decode_oneToken_takesNoMoreOperationsAndBytes() {
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel(FAMILY, DType.FLOAT32);
        KvCache cache = model.llm().newCache(64)) {
      token(model.llm(), cache);
      WorkCount before = WorkCount.now();
      token(model.llm(), cache);
      WorkCount third = WorkCount.now();
      token(model.llm(), cache);
      WorkCount count = third.since(before);
      assertThat(WorkCount.now().since(third)).isEqualTo(count);
      assertThat(count.operations()).isLessThanOrEqualTo(190);
      assertThat(count.bytesIn()).isLessThanOrEqualTo(52);
      assertThat(count.bytesOut()).isLessThanOrEqualTo(8);
      assertThat(count.uploads()).isLessThanOrEqualTo(3); // the token, its place, the frequencies
      assertThat(count.waits()).isLessThanOrEqualTo(1); // for the next token
    }
  }

  private static void token(CausalLm model, KvCache cache) {
    try (TensorScope scope = TensorScope.open()) {
      var hidden = model.forward(model.embed(Tensors.of(new long[] {5}, 1)), cache);
      assertThat(model.logits(hidden).argmax(-1).itemLong()).isNotNegative();
    }
  }

  @Test
  void track_oneFrameMore_takesNoMoreOperationsAndBytes() {
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      WorkCount shorter = video(model, 9);
      WorkCount longer = video(model, 10);
      WorkCount frame = longer.since(shorter);
      assertThat(frame.operations()).isLessThanOrEqualTo(820);
      assertThat(frame.bytesIn()).isLessThanOrEqualTo(200_000);
      assertThat(frame.bytesOut()).isLessThanOrEqualTo(25_000);
      assertThat(frame.uploads()).isLessThanOrEqualTo(1); // its pixels
      assertThat(frame.waits()).isLessThanOrEqualTo(1); // for the one object's mask
    }
  }

  @Test
  void chat_aVideo_readsEachFrameOnceForEachModel() {
    AtomicInteger reads = new AtomicInteger();
    try (Sa2VA model = FixtureModel.load(FAMILY)) {
      model.chat(request(new DrawnVideo(9, 96, 64, frame -> reads.incrementAndGet())));
      assertThat(reads.get()).isLessThanOrEqualTo(9 + 5); // all for SAM2, the key frames for words
    }
  }

  private static WorkCount video(Sa2VA model, int frames) {
    WorkCount before = WorkCount.now();
    assertThat(model.chat(request(new DrawnVideo(frames, 96, 64))).segments()).isNotEmpty();
    return WorkCount.now().since(before);
  }

  private static ChatRequest request(DrawnVideo video) {
    return ChatRequest.builder().video(video).prompt("Please segment the girl.").build();
  }
}
