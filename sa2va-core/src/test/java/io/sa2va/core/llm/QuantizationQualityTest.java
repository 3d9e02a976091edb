package io.sa2va.core.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.testing.InternVlModel;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.quant.QuantizationMethod;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far quantized weights take the fixtures' language models from their own scores. The bounds
 * are what was seen, and half of it again.
 */
class QuantizationQualityTest {
  @ParameterizedTest
  @CsvSource({
    "qwen2, FLOAT32, 0, 0.045, 0.88",
    "qwen2, FLOAT32, 32, 0.35, 0.55",
    "qwen2, BFLOAT16, 0, 0.045, 0.88",
    "qwen2, BFLOAT16, 32, 0.35, 0.55",
    "qwen2-rms, FLOAT32, 0, 0.045, 0.88",
    "qwen2-rms, FLOAT32, 32, 0.35, 0.55",
    "internlm2, FLOAT32, 0, 0.045, 0.88",
    "internlm2, FLOAT32, 32, 0.35, 0.55",
  })
  void logits_ofAPrompt_areClose(
      String family, DType dtype, int group, double largestError, double leastAgreement) {
    QuantizationMethod quantization =
        group == 0 ? QuantizationMethod.int8() : QuantizationMethod.int4(group);
    try (Inference inference = Inference.begin();
        TensorScope scope = TensorScope.open()) {
      Tensor dense = logits(family, dtype, Optional.empty()); // (n, V)
      Tensor rounded = logits(family, dtype, Optional.of(quantization)); // (n, V)
      double error = norm(rounded.sub(dense)) / norm(dense.sub(dense.mean(true, 1)));
      double agreement =
          1
              - dense
                  .argmax(1)
                  .sub(rounded.argmax(1))
                  .eq(0)
                  .logicalNot()
                  .to(DType.FLOAT32)
                  .mean(false)
                  .item();
      assertThat(error).isLessThan(largestError);
      assertThat(agreement).isGreaterThanOrEqualTo(leastAgreement);
    }
  }

  private static Tensor logits(
      String family, DType dtype, Optional<QuantizationMethod> quantization) {
    try (TensorScope scope = TensorScope.open();
        InternVlModel model = new InternVlModel(family, dtype, quantization);
        KvCache cache = model.llm().newCache(16)) {
      Tensor hidden =
          model
              .llm()
              .forward(model.embeddings("image_segment", "image_segment"), cache); // (1, n, D)
      return scope.handUp(model.llm().logits(hidden).select(0, 0).to(DType.FLOAT32)); // (n, V)
    }
  }

  private static double norm(Tensor x) {
    return Math.sqrt(x.mul(x).sum().item());
  }
}
