package io.sa2va.core.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.core.testing.InternVlModel;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageTokenSplicerTest {
  private static final int IMAGE_TOKEN = 9;
  private static final int WIDTH = 64;

  private Inference inference;
  private TensorScope scope;
  private InternVlModel model;
  private ImageTokenSplicer splicer;

  @BeforeEach
  void open() {
    inference = Inference.begin();
    scope = TensorScope.open();
    model = new InternVlModel("qwen2", DType.FLOAT32);
    splicer = new ImageTokenSplicer(model.llm(), IMAGE_TOKEN);
  }

  @AfterEach
  void close() {
    model.close();
    scope.close();
    inference.close();
  }

  @Test
  void splice_imageTokens_areReplacedInOrder() {
    Tensor embedded = splice(new int[] {3, IMAGE_TOKEN, 4, IMAGE_TOKEN}, features(2));
    assertThat(embedded.shape()).containsExactly(1, 4, WIDTH);
    assertThat(row(embedded, 1)).isEqualTo(features(2).select(0, 0).toFloatArray());
    assertThat(row(embedded, 3)).isEqualTo(features(2).select(0, 1).toFloatArray());
    Tensor words = splicer.words(new int[] {3, 4}).embeddings();
    assertThat(row(embedded, 0)).isEqualTo(row(words, 0));
    assertThat(row(embedded, 2)).isEqualTo(row(words, 1));
  }

  @Test
  void splice_tokenTableAfterwards_isUnchanged() {
    float[] before = splicer.words(new int[] {3, 4}).embeddings().toFloatArray();
    splice(new int[] {3, IMAGE_TOKEN}, features(1));
    assertThat(splicer.words(new int[] {3, 4}).embeddings().toFloatArray()).isEqualTo(before);
  }

  @Test
  void splice_otherNumberOfFeatures_isRefused() {
    assertThatThrownBy(() -> splice(new int[] {3, IMAGE_TOKEN}, features(2)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("1 image tokens where 2 are due");
    assertThatThrownBy(() -> splicer.words(new int[] {3, IMAGE_TOKEN}).embeddings())
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void splice_idBeyondTheTokenTable_isRefused() {
    int beyond = model.llm().vocabSize();
    assertThatThrownBy(() -> splicer.words(new int[] {3, beyond}).embeddings())
        .isInstanceOf(ModelConfigException.class)
        .hasMessageContaining(Integer.toString(beyond));
  }

  private Tensor splice(int[] prompt, Tensor features) {
    return splicer.splice(prompt, VisionPrompt.of("", features)).embeddings();
  }

  /** (count, D) */
  private static Tensor features(int count) {
    float[] values = new float[count * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return Tensors.of(values, count, WIDTH);
  }

  private static float[] row(Tensor x, int index) {
    return x.select(1, index).toFloatArray();
  }
}
