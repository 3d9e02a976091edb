package io.sa2va.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.torch.DType;
import io.sa2va.torch.Device;
import io.sa2va.torch.Functional;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionTest {
  @ParameterizedTest
  @CsvSource({
    "1, 4, 2, 5, 5",
    "2, 4, 4, 300, 300",
    "1, 6, 2, 7, 300",
    "1, 4, 2, 270, 600",
    "2, 12, 6, 140, 2000"
  })
  void causal_bfloat16_matchesFloat32(
      long batch, long heads, long keyHeads, long queries, long keys) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(batch, heads, queries, 16);
      Tensor k = random(batch, keyHeads, keys, 16);
      Tensor v = random(batch, keyHeads, keys, 16);
      Tensor exact = Attention.causal(q, k, v);
      Tensor shorter = Attention.causal(bf16(q), bf16(k), bf16(v));
      assertThat(relativeError(shorter.to(DType.FLOAT32), exact)).isLessThan(0.02);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 300, 20", "3, 7, 270, 1100", "2, 2, 4, 70000"})
  void full_bfloat16_matchesFloat32(long batch, long heads, long queries, long keys) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(batch, heads, queries, 16);
      Tensor k = random(batch, heads, keys, 16);
      Tensor v = random(batch, heads, keys, 16);
      Tensor exact = Attention.full(q, k, v);
      Tensor shorter = Attention.full(bf16(q), bf16(k), bf16(v));
      assertThat(relativeError(shorter.to(DType.FLOAT32), exact)).isLessThan(0.02);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 300, 20", "3, 600, 1100"})
  void full_narrowValues_mixesThemAsWideOnes(long batch, long queries, long keys) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(batch, 1, queries, 16);
      Tensor k = random(batch, 1, keys, 16);
      Tensor v = random(batch, 1, keys, 16);
      Tensor exact = Attention.full(q, k, v).narrow(3, 0, 4);
      Tensor narrow = Attention.full(bf16(q), bf16(k), bf16(v.narrow(3, 0, 4)));
      assertThat(relativeError(narrow.to(DType.FLOAT32), exact)).isLessThan(0.02);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void full_oneQueryAtATime_isTheSame(DType dtype) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(1, 4, 300, 16).to(dtype);
      Tensor k = random(1, 4, 300, 16).to(dtype);
      Tensor v = random(1, 4, 300, 16).to(dtype);
      Tensor whole = Attention.full(q, k, v);
      Tensor row = Attention.full(q.narrow(2, 299, 1), k, v);
      assertThat(relativeError(row.to(DType.FLOAT32), whole.narrow(2, 299, 1).to(DType.FLOAT32)))
          .isLessThan(0.02);
    }
  }

  @Test
  void causal_lastQueries_equalTheLastRowsOfTheWhole() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(1, 4, 9, 8);
      Tensor k = random(1, 2, 9, 8);
      Tensor v = random(1, 2, 9, 8);
      Tensor whole = Attention.causal(q, k, v).narrow(2, 6, 3);
      assertThat(relativeError(Attention.causal(q.narrow(2, 6, 3), k, v), whole)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 9, 9, 4",
    "FLOAT32, 300, 400, 70",
    "FLOAT32, 1, 20, 5",
    "FLOAT32, 6, 6, 6",
    "BFLOAT16, 300, 400, 70",
    "BFLOAT16, 5, 9, 1"
  })
  void causal_withWindow_eachQuerySeesItsLastKeysOnly(
      DType dtype, long queries, long keys, long window) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(1, 4, queries, 8);
      Tensor k = random(1, 2, keys, 8);
      Tensor v = random(1, 2, keys, 8);
      Tensor whole = Attention.causal(q.to(dtype), k.to(dtype), v.to(dtype), window);
      for (long t : new long[] {0, queries / 2, queries - 1}) {
        long end = keys - queries + t + 1;
        long start = Math.max(0, end - window);
        Tensor one =
            Attention.full(
                q.narrow(2, t, 1),
                k.narrow(2, start, end - start),
                v.narrow(2, start, end - start));
        assertThat(relativeError(whole.narrow(2, t, 1).to(DType.FLOAT32), one))
            .isLessThan(dtype == DType.FLOAT32 ? 1e-5 : 0.03);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 2, 40", "6, 6, 1", "14, 2, 64"})
  void single_withMask_seesWhatItDoesNotHide(long heads, long keyHeads, long seen) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(1, heads, 1, 16);
      Tensor k = random(1, keyHeads, 64, 16);
      Tensor v = random(1, keyHeads, 64, 16);
      Tensor mask = Tensors.full(Double.NEGATIVE_INFINITY, DType.FLOAT32, Device.CPU, 1, 64);
      mask.narrow(1, 0, seen).fillInPlace(0);
      Tensor expected = Attention.full(q, k.narrow(2, 0, seen), v.narrow(2, 0, seen));
      assertThat(relativeError(Attention.single(q, k, v, mask), expected)).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 4, 2", "2, 6, 2", "1, 3, 3"})
  void ungrouped_withMask_isTheGroupedKernels(long batch, long heads, long keyHeads) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor q = random(batch, heads, 7, 16);
      Tensor k = random(batch, keyHeads, 20, 16);
      Tensor v = random(batch, keyHeads, 20, 16);
      Tensor mask = random(7, 20);
      Tensor expected = Functional.scaledDotProductAttention(q, k, v, mask, 0.25);
      assertThat(relativeError(Attention.ungrouped(q, k, v, mask, 0.25), expected))
          .isLessThan(1e-5);
    }
  }

  private static Tensor random(long... shape) {
    return Tensors.randn(DType.FLOAT32, Device.CPU, shape);
  }

  private static Tensor bf16(Tensor x) {
    return x.to(DType.BFLOAT16);
  }

  private static double relativeError(Tensor actual, Tensor expected) {
    Tensor difference = actual.sub(expected);
    return Math.sqrt(difference.mul(difference).sum().item() / expected.mul(expected).sum().item());
  }
}
