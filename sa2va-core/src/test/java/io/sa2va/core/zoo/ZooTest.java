package io.sa2va.core.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.core.hub.KnownModels;
import io.sa2va.torch.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The weights that each model of the zoo asks for, against those that its checkpoint has. {@code
 * NAME.txt.gz} lists the latter: what the reference's own classes hold when they are built from the
 * same configuration on torch's meta device. With the vision towers in bfloat16 and all else in
 * float32, their sizes are those of the published files, in bytes for Sa2VA-Qwen3-VL-4B
 * (20228290760) and in hundredths of a gigabyte for the others.
 */
class ZooTest {
  /** Models that this library runs. */
  private static final List<String> RUNNING =
      List.of(
          "ByteDance/Sa2VA-1B",
          "ByteDance/Sa2VA-4B",
          "ByteDance/Sa2VA-8B",
          "ByteDance/Sa2VA-26B",
          "ByteDance/Sa2VA-InternVL3-2B",
          "ByteDance/Sa2VA-InternVL3-8B",
          "ByteDance/Sa2VA-InternVL3-14B",
          "ByteDance/Sa2VA-Qwen2_5-VL-3B",
          "ByteDance/Sa2VA-Qwen2_5-VL-7B",
          "ByteDance/Sa2VA-Qwen3-VL-2B",
          "ByteDance/Sa2VA-Qwen3-VL-4B",
          "kumuji/Sa2VA-i-1B",
          "kumuji/Sa2VA-i-4B",
          "kumuji/Sa2VA-i-8B",
          "kumuji/Sa2VA-i-26B");

  /**
   * In every checkpoint, and read by no model: the position of a memory token that stands for no
   * memory. Sa2VA's SAM2 adds {@code no_mem_embed} to the features instead.
   */
  private static final Set<String> UNUSED = Set.of("grounding_encoder.sam2_model.no_mem_pos_enc");

  static List<ZooModel> running() {
    return RUNNING.stream().map(name -> Zoo.named(name).orElseThrow()).toList();
  }

  static List<ZooModel> all() {
    return Zoo.models();
  }

  @ParameterizedTest
  @MethodSource("running")
  void weights_ofModel_areThoseOfItsCheckpoint(ZooModel model) throws IOException {
    SortedMap<String, List<Long>> published = published(model);
    assertThat(published.keySet()).containsAll(UNUSED);
    published.keySet().removeAll(UNUSED);
    SortedMap<String, List<Long>> asked = model.weights();
    assertThat(difference(asked.keySet(), published.keySet())).as("not in the file").isEmpty();
    assertThat(difference(published.keySet(), asked.keySet())).as("not asked for").isEmpty();
    asked.forEach((name, shape) -> assertThat(shape).as(name).isEqualTo(published.get(name)));
  }

  @Test
  void bytes_ofModel_areItsParametersTimesTheTypesWidth() {
    ZooModel model = Zoo.named("Sa2VA-1B").orElseThrow();
    assertThat(model.parameters()).isEqualTo(1_163_665_458L);
    assertThat(model.bytes(DType.FLOAT32)).isEqualTo(4_654_661_832L);
    assertThat(model.bytes(DType.BFLOAT16)).isEqualTo(2_327_330_916L);
  }

  @Test
  void models_ofZoo_areThoseThatTheHubSuggests() {
    assertThat(Zoo.models())
        .extracting(ZooModel::name)
        .containsExactlyElementsOf(KnownModels.names());
  }

  @Test
  void named_withoutOrganisationOrInOtherCase_findsModel() {
    assertThat(Zoo.named("sa2va-4b").orElseThrow().name()).isEqualTo("ByteDance/Sa2VA-4B");
    assertThat(Zoo.named("KUMUJI/sa2va-i-4b").orElseThrow().name()).isEqualTo("kumuji/Sa2VA-i-4B");
    assertThat(Zoo.named("Sa2VA-5B")).isEmpty();
  }

  /** Every row of the table in the README, from the published weights. */
  @ParameterizedTest
  @MethodSource("all")
  void readme_row_saysWhatTheModelWeighs(ZooModel model) throws IOException {
    SortedMap<String, List<Long>> weights = published(model);
    weights.keySet().removeAll(UNUSED);
    long values = weights.values().stream().mapToLong(ZooTest::values).sum();
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %s | %.2f | %.1f | %.1f | ",
            model.name(),
            model.family(),
            values / 1e9,
            values * DType.FLOAT32.bytes() / 1e9,
            values * DType.BFLOAT16.bytes() / 1e9);
    List<String> rows = Files.readAllLines(Path.of("../README.md"));
    assertThat(rows).anySatisfy(line -> assertThat(line).startsWith(row));
    String works = RUNNING.contains(model.name()) ? "yes" : "not yet";
    assertThat(rows).contains(row + works + " |");
  }

  private static SortedMap<String, List<Long>> published(ZooModel model) throws IOException {
    String file = model.name().substring(model.name().indexOf('/') + 1) + ".txt.gz";
    SortedMap<String, List<Long>> weights = new TreeMap<>();
    for (String line : lines(file)) {
      String[] parts = line.split(" ", -1);
      List<Long> shape = new ArrayList<>();
      Arrays.stream(parts[1].split("x", -1)).map(Long::valueOf).forEach(shape::add);
      weights.put(parts[0], shape);
    }
    return weights;
  }

  private static List<String> lines(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(ZooTest.class.getResourceAsStream(file), file)),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static long values(List<Long> shape) {
    return shape.stream().reduce(1L, Math::multiplyExact);
  }

  private static Set<String> difference(Set<String> of, Set<String> minus) {
    Set<String> rest = new TreeSet<>(of);
    rest.removeAll(minus);
    return rest;
  }
}
