package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SceneTextsTest {
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+[0-9]?|[0-9]|[^A-Za-z0-9\\s]");
  private static final SceneGenerator WORLD =
      new SceneGenerator(23, SceneOptions.ofSize(48, 48).withFrames(8, 8));

  @Test
  void vocabulary_manyScenes_isExactlyTheWordsTheyUse() {
    Set<String> used = new TreeSet<>();
    Stream<SceneSample> pictures =
        IntStream.range(0, 600).boxed().flatMap(i -> WORLD.picture(i).samples().stream());
    Stream<SceneSample> clips =
        IntStream.range(0, 200).boxed().flatMap(i -> WORLD.clip(i).samples().stream());
    Stream.concat(pictures, clips)
        .map(sample -> sample.prompt() + " " + sample.answer())
        .map(text -> text.replaceAll("\\[SEG]|</?p>", " "))
        .flatMap(text -> WORD.matcher(text).results())
        .map(MatchResult::group)
        .forEach(used::add);

    assertThat(SceneTexts.vocabulary()).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void sample_sameDraw_isTheSameAndOthersVary() {
    Scene scene = WORLD.picture(1);

    assertThat(scene.sample(SampleKind.COUNT, 9)).isEqualTo(scene.sample(SampleKind.COUNT, 9));
    assertThat(IntStream.range(0, 20).mapToObj(i -> scene.sample(SampleKind.COUNT, i)).distinct())
        .hasSizeGreaterThan(5)
        .allMatch(sample -> sample.orElseThrow().kind() == SampleKind.COUNT);
    assertThat(scene.sample(SampleKind.MOTION, 0)).isEmpty();
  }
}
