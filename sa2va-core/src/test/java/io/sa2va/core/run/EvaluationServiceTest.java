package io.sa2va.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sa2va.Evaluation;
import io.sa2va.EvaluationReport;
import io.sa2va.EvaluationRequest;
import io.sa2va.EvaluationScore;
import io.sa2va.Sa2VA;
import io.sa2va.error.InvalidRequestException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationServiceTest {
  @TempDir private Path folder;

  @Test
  void run_scenesOfAKind_measuresThatKindAlone() {
    EvaluationRequest request =
        EvaluationRequest.builder(EvaluationRequest.SCENES)
            .seed(7)
            .pictures(1)
            .kinds(List.of("Count"))
            .build();
    try (Sa2VA model = Sa2VA.loadBundled()) {
      EvaluationReport report = Evaluation.of(request).run(model);
      assertThat(report.scores())
          .extracting(EvaluationScore::measure)
          .containsOnly("answered exactly");
      assertThat(report.value("answered exactly", "count")).isPresent();
    }
  }

  @Test
  void of_unknownKind_namesTheKnown() {
    EvaluationRequest request =
        EvaluationRequest.builder(EvaluationRequest.SCENES).kinds(List.of("unheard")).build();
    assertThatThrownBy(() -> Evaluation.of(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("\"unheard\"")
        .hasMessageContaining("place");
    assertThat(Evaluation.sceneKinds()).contains("place", "count").doesNotContain("unheard");
  }

  @Test
  void of_folderWithoutData_isRefused() {
    EvaluationRequest request = EvaluationRequest.builder(folder.toString()).build();
    assertThatThrownBy(() -> Evaluation.of(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("annotations.json");
  }

  @Test
  void of_nameThatCannotBeAFolder_isRefused() {
    EvaluationRequest request = EvaluationRequest.builder("no\0folder").build();
    assertThatThrownBy(() -> Evaluation.of(request))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("cannot be a folder");
  }

  @Test
  void of_folderWithOptionsOfScenes_isRefused() {
    List<EvaluationRequest.Builder> builders =
        List.of(
            EvaluationRequest.builder(folder.toString()).seed(1),
            EvaluationRequest.builder(folder.toString()).pictures(7),
            EvaluationRequest.builder(folder.toString()).kinds(List.of("count")));
    for (EvaluationRequest.Builder builder : builders) {
      assertThatThrownBy(() -> Evaluation.of(builder.build()))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("are of scenes");
    }
  }
}
