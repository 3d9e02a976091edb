package io.sa2va.core.data;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sa2va.core.train.BrokenRecordException;
import io.sa2va.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFileTest {
  @TempDir Path temporary;
  private DataFolder data;

  @BeforeEach
  void openFolder() {
    data = new DataFolder(temporary);
  }

  @Test
  void ofList_valuesOfAllKinds_areReadOneByOne() {
    RecordFile records =
        RecordFile.ofList(
            data.json(
                "a.json", " [ {\"text\": \"ä😀\"} ,\"b\\\"c\" , 12.5e1,[1,[2]] ,null, {}]\n"));

    assertThat(records.size()).isEqualTo(6);
    assertThat(records.get(0).text("text")).isEqualTo("ä😀");
    assertThat(records.get(1).text()).isEqualTo("b\"c");
    assertThat(records.get(2).number()).isEqualTo(125);
    assertThat(records.get(3).list()).hasSize(2);
    assertThat(records.get(4).isNull()).isTrue();
    assertThat(records.get(5).fields()).isEmpty();
  }

  @Test
  void ofObject_keysAtDepth_areFound() {
    RecordFile records =
        RecordFile.ofObject(
            data.json("a.json", "{\"x\": [{\"y\": 1}], \"v\": {\"w\": {\"p\": 7, \"q\": [8]}}}"),
            "v",
            "w");

    assertThat(records.size()).isEqualTo(2);
    assertThat(records.key(1)).isEqualTo("q");
    assertThat(records.find("p").orElseThrow().integer(0)).isEqualTo(7);
    assertThat(records.find("y")).isEmpty();
    List<Integer> visited = new ArrayList<>();
    records.scan((index, value) -> visited.add(index));
    assertThat(visited).containsExactly(0, 1);
  }

  /** Larger than any buffer, so that places in the file are right beyond them. */
  @Test
  void get_anyOfManyRecords_isTheRightOne() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 20_000; i++) {
      text.append(i == 0 ? "" : ",\n").append("{\"number\": ").append(i).append(", \"ü\": \"é\"}");
    }
    RecordFile records = RecordFile.ofList(data.json("a.json", text + "]"));

    assertThat(records.size()).isEqualTo(20_000);
    for (int i : new int[] {0, 1, 9_999, 12_345, 19_999}) {
      assertThat(records.get(i).integer("number", 0)).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}|should be a list", "[1|is not JSON", "''|should be a list", "[1}|is not JSON"})
  void ofList_noList_isRefused(String text, String message) {
    Path file = data.json("a.json", text);

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> RecordFile.ofList(file))
        .withMessageContainingAll(file.toString(), message);
  }

  @Test
  void open_missingFileOrKeyOrOtherEncoding_isRefused() throws IOException {
    Path none = temporary.resolve("none.json");
    Path file = data.json("a.json", "{\"a\": [1]}");
    Path wide = Files.writeString(temporary.resolve("wide.json"), "[1, 2]", UTF_16);

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> RecordFile.ofList(none))
        .withMessage(none + " is missing");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> RecordFile.ofList(file, "b"))
        .withMessage(file + " has no \"b\"");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> RecordFile.ofObject(file, "a"))
        .withMessage(file + ": a should be an object");
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> RecordFile.ofList(wide))
        .withMessage(wide + " should be UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": 1, \"a\": 2}", "{\"a\": \"\\uZ\"}"})
  void get_recordThatIsNotSound_isNamed(String record) {
    Path file = data.json("a.json", "[{}, " + record + "]");

    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(() -> RecordFile.ofList(file).get(1).text("a"))
        .withMessageContaining(file.toString());
  }

  @Test
  void fields_ofOtherTypes_areNamed() {
    Path file =
        data.json(
            "a.json", "{\"r\": {\"a\": [1, {\"b\": \"x\"}], \"n\": null, \"z\": [1, \"2\"]}}");
    DataRecord record = RecordFile.ofObject(file).get(0);

    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> record.list("a").get(1).integer("b", 0))
        .withMessage(
            file
                + ": record 0 (\"r\"), a[1], b: should be a whole number of at least 0, but is \"x\"");
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> record.get("n"))
        .withMessageEndingWith("\"n\" is missing");
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(() -> record.get("z").numbers())
        .withMessageContaining("a list of finite numbers");
    assertThatExceptionOfType(BrokenRecordException.class)
        .isThrownBy(record::identifier)
        .withMessageContaining("a whole number or a text");
  }
}
