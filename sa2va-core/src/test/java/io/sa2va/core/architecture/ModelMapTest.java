package io.sa2va.core.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sa2va.core.testing.Golden;
import io.sa2va.torch.weights.CheckpointFiles;
import io.sa2va.torch.weights.SafetensorsWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModelMapTest {
  private static final Path MAP = Path.of("../docs/model-map.md");
  private static final Pattern ROW = Pattern.compile("^\\| [^|]+ \\| `([^`]+)` \\|(.*)\\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void classes_ofTheMap_exist() throws IOException {
    List<String> names = new ArrayList<>();
    for (Matcher row : rows()) {
      names.add(row.group(1));
    }
    assertThat(names).hasSizeGreaterThan(40);
    for (String name : names) {
      assertThatCode(() -> Class.forName(name)).as(name).doesNotThrowAnyException();
    }
  }

  @Test
  void prefixes_ofTheMap_nameWeightsAndCoverAll() throws IOException {
    List<String> names = new ArrayList<>();
    for (String fixture : List.of("qwen2", "qwen2-rms", "qwen2_5vl", "qwen3vl")) {
      names.addAll(weightNames(fixture));
    }
    List<Pattern> prefixes = prefixes();
    for (Pattern prefix : prefixes) {
      assertThat(names).as("weights under %s", prefix).anyMatch(prefix.asPredicate());
    }
    for (String name : names) {
      assertThat(prefixes).as("rows for %s", name).anyMatch(p -> p.matcher(name).find());
    }
  }

  private static List<String> weightNames(String fixture) {
    try (SafetensorsWeights weights =
        SafetensorsWeights.open(CheckpointFiles.in(Golden.folder(fixture).resolve("checkpoint")))) {
      return List.copyOf(weights.names());
    }
  }

  private static List<Pattern> prefixes() throws IOException {
    List<Pattern> prefixes = new ArrayList<>();
    for (Matcher row : rows()) {
      Matcher code = CODE.matcher(row.group(2));
      while (code.find()) {
        prefixes.add(
            Pattern.compile("^" + Pattern.quote(code.group(1)).replace(".N.", ".\\E\\d+\\Q.")));
      }
    }
    return prefixes;
  }

  private static List<Matcher> rows() throws IOException {
    List<Matcher> rows = new ArrayList<>();
    for (String line : Files.readAllLines(MAP)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
