package io.sa2va.core.family.qwenvl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Ints;
import io.sa2va.Mask;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.llm.LmInput;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.testing.QwenVlModel;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Follow-up turns, regions, and prompts that do not fit their pictures. */
class QwenVlConversationTest {
  private Inference inference;
  private TensorScope scope;

  @BeforeEach
  void open() {
    inference = Inference.begin();
    scope = TensorScope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    inference.close();
  }

  @ParameterizedTest
  @CsvSource({
    "qwen2_5vl, image_segment",
    "qwen2_5vl, video_segment",
    "qwen3vl, image_segment",
    "qwen3vl, video_segment",
  })
  void forward_followUpOnTheCache_isTheWholeConversationInOnePrompt(String fixture, String name) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32)) {
      Optional<VisionPrompt> vision = model.look(name);
      int[] first = model.firstTurn(model.text(name), vision);
      int[] answer = model.family().tokenizer().encodeContinuation("Sure, it is [SEG].<|im_end|>");
      int[] next =
          model
              .family()
              .tokenizer()
              .encodeContinuation(model.family().template().nextTurn(true, "And the dog?"));

      Tensor whole =
          forward(model, List.of(splice(model, Ints.concat(first, answer, next), vision)));
      Tensor inTurns =
          forward(
              model,
              List.of(
                  splice(model, first, vision),
                  splice(model, answer, Optional.empty()),
                  splice(model, next, Optional.empty())));

      Tensor expected = whole.narrow(1, whole.size(1) - next.length, next.length);
      assertThat(relativeError(inTurns, expected)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2_5vl", "qwen3vl"})
  void truncate_toThePicture_continuesBehindIt(String fixture) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32);
        KvCache cache = model.llm().newCache(8)) {
      Optional<VisionPrompt> vision = model.look("image_segment");
      LmInput first = splice(model, model.firstTurn("What is it?", vision), vision);
      LmInput next =
          splice(model, model.firstTurn("And that?", Optional.empty()), Optional.empty());
      model.llm().forward(first, cache);
      long before = cache.length();
      Tensor expected = model.llm().forward(next, cache);

      cache.truncate(before);

      assertThat(model.llm().forward(next, cache).toFloatArray())
          .isEqualTo(expected.toFloatArray());
    }
  }

  private static LmInput splice(QwenVlModel model, int[] ids, Optional<VisionPrompt> vision) {
    return model.family().splice(ids, vision);
  }

  /** The hidden states of the last input. */
  private static Tensor forward(QwenVlModel model, List<LmInput> inputs) {
    try (KvCache cache = model.llm().newCache(8)) {
      return inputs.stream()
          .map(input -> model.llm().forward(input, cache))
          .reduce((earlier, later) -> later)
          .orElseThrow();
    }
  }

  private static double relativeError(Tensor actual, Tensor expected) {
    Tensor difference = actual.sub(expected);
    return Math.sqrt(difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
  }

  @ParameterizedTest
  @CsvSource({"qwen2_5vl, 7, 11", "qwen3vl, 6, 9"})
  void encodePicture_regions_takeTheFeaturesOfTheirCellsAtPlacesOfWords(
      String fixture, int rows, int columns) {
    try (QwenVlModel model = new QwenVlModel(fixture, DType.FLOAT32)) {
      RgbPixels picture = model.picture();
      Mask all = Mask.empty(picture.width(), picture.height()).inverse();
      Mask corner = corner(picture);

      VisionPrompt vision = model.look(List.of(all, corner));

      int cells = rows * columns;
      String pad = "<|image_pad|>";
      assertThat(vision.text())
          .isEqualTo(
              "<|vision_start|>"
                  + pad.repeat(cells)
                  + "<|vision_end|>\nThere are 2 part regions in the picture: region1<vp>"
                  + pad.repeat(cells)
                  + "</vp>, region2<vp>"
                  + pad
                  + "</vp>.\n");
      assertRegionFeatures(vision.features(), cells);
      vision.deepstack().forEach(features -> assertRegionFeatures(features, cells));
      assertWordsFrom(model, vision, cells);
    }
  }

  /** Only the last pixel, which no cell samples. */
  private static Mask corner(RgbPixels picture) {
    boolean[] set = new boolean[picture.width() * picture.height()];
    set[set.length - 1] = true;
    return Mask.of(picture.width(), picture.height(), set);
  }

  private static void assertRegionFeatures(Tensor features, int cells) {
    float[] whole = features.narrow(0, 0, cells).toFloatArray();
    assertThat(features.size(0)).isEqualTo(2L * cells + 1);
    assertThat(features.narrow(0, cells, cells).toFloatArray()).isEqualTo(whole);
    int width = whole.length / cells;
    assertThat(features.narrow(0, 2L * cells, 1).toFloatArray())
        .isEqualTo(Arrays.copyOfRange(whole, whole.length - width, whole.length));
  }

  private static void assertWordsFrom(QwenVlModel model, VisionPrompt vision, int cells) {
    Optional<VisionPrompt> seen = Optional.of(vision);
    int[] ids = model.firstTurn("What is region1?", seen);
    LmInput input = model.family().splice(ids, seen);
    int pad = model.family().tokenizer().idOf("<|image_pad|>").orElseThrow();
    int from = Ints.indexOf(ids, pad) + cells;
    for (int axis = 0; axis < 3; axis++) {
      long[] places = input.positions().axis(axis);
      for (int i = from; i + 1 < ids.length; i++) {
        assertThat(places[i + 1]).as("token %d", i + 1).isEqualTo(places[i] + 1);
      }
    }
  }

  @Test
  void encodePicture_regionsWithoutTheirTokens_areRefused() throws Exception {
    try (CheckpointCopy copy = new CheckpointCopy("qwen3vl").withoutRegionTokens();
        QwenVlModel model = new QwenVlModel("qwen3vl", copy.folder(), DType.FLOAT32)) {
      RgbPixels picture = model.picture();
      Mask all = Mask.empty(picture.width(), picture.height()).inverse();
      assertThatThrownBy(() -> model.look(List.of(all)))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("no token \"<vp>\"");
    }
  }

  @Test
  void splice_imageTokensWrittenByHand_areRefused() {
    try (QwenVlModel model = new QwenVlModel("qwen3vl", DType.FLOAT32)) {
      Family family = model.family();
      int[] ids = model.firstTurn("What is <|image_pad|>?", Optional.empty());
      assertThatThrownBy(() -> family.splice(ids, Optional.empty()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("1 image tokens where 0 are due");
    }
  }

  @Test
  void place_markInTheMiddle_putsThePictureFirst() {
    try (QwenVlModel model = new QwenVlModel("qwen3vl", DType.FLOAT32)) {
      assertThat(model.family().place("In <image> the dog", "[picture]"))
          .isEqualTo("[picture]In  the dog");
    }
  }
}
