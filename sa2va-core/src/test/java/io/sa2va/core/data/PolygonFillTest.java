package io.sa2va.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.Mask;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolygonFillTest {
  private static final double[] SQUARE = {1, 1, 5, 1, 5, 4, 1, 4};

  @ParameterizedTest
  @CsvSource({
    "'1 1 5 1 5 4 1 4', 73300000;",
    "'1.5 1.5 5.2 1.1 4.7 4.9 2 3.3', =33001:",
    "'0 0 6 0 3 5', 0151O2N00N2O7"
  })
  void fill_smallPolygons_areThoseOfCoco(String polygon, String counts) {
    double[] points = List.of(polygon.split(" ")).stream().mapToDouble(Double::valueOf).toArray();

    assertThat(PolygonFill.fill(7, 6, List.of(points)).toRle().toCoco()).isEqualTo(counts);
  }

  /** polygons.json was made with pycocotools 2.0: frPyObjects of random polygons. */
  @Test
  void fill_randomPolygons_areThoseOfCoco() throws IOException {
    JsonNode cases;
    try (InputStream file = PolygonFillTest.class.getResourceAsStream("/data/polygons.json")) {
      cases = new JsonMapper().readTree(file);
    }
    assertThat(cases).hasSize(60);
    for (JsonNode one : cases) {
      double[] points = numbers(one.get("polygon"));
      int height = one.get("size").get(0).intValue();
      int width = one.get("size").get(1).intValue();

      assertThat(PolygonFill.fill(width, height, List.of(points)).toRle().toCoco())
          .as(one.toString())
          .isEqualTo(one.get("counts").textValue());
    }
  }

  private static double[] numbers(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  @Test
  void fill_overlappingPolygons_areTheirUnion() {
    double[] other = {3, 2, 7, 2, 7, 6, 3, 6};

    Mask both = PolygonFill.fill(8, 8, List.of(SQUARE, other));

    assertThat(both)
        .isEqualTo(
            PolygonFill.fill(8, 8, List.of(SQUARE)).union(PolygonFill.fill(8, 8, List.of(other))));
    assertThat(both.area()).isEqualTo(12 + 16 - 4);
  }

  @Test
  void fill_noPolygons_isEmpty() {
    assertThat(PolygonFill.fill(3, 2, List.of())).isEqualTo(Mask.empty(3, 2));
  }

  @Test
  void fill_nonsense_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolygonFill.fill(8, 8, List.of(new double[] {1, 1, 2, 2})))
        .withMessageContaining("at least three points");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolygonFill.fill(8, 8, List.of(new double[7])))
        .withMessageContaining("7 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolygonFill.fill(8, 8, List.of(new double[] {1, 1, 2, 2, 1e9, 3})))
        .withMessageContaining("1.0E9");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PolygonFill.fill(8, 8, List.of(new double[] {1, 1, 2, 2, 0.0 / 0, 3})))
        .withMessageContaining("NaN");
  }
}
