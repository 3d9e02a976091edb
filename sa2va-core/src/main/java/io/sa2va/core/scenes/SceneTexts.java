package io.sa2va.core.scenes;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All samples about a scene, and all words they can have. */
public final class SceneTexts {
  private static final Pattern PLACEHOLDER_OR_TOKEN = Pattern.compile("\\{[a-z]+}|\\[SEG]");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+[0-9]?|[0-9]|[^A-Za-z0-9\\s]");

  private static final PhraseMaker ATTRIBUTES = new AttributePhrases();
  private static final PhraseMaker PLACES = new PlacePhrases();
  private static final PhraseMaker RELATIONS = new RelationPhrases();

  private static final List<SampleWriter> FOR_ANY =
      List.of(
          new ReferringWriter(SampleKind.ATTRIBUTE, ATTRIBUTES),
          new ReferringWriter(SampleKind.GROUP, new GroupPhrases()),
          new SeveralWriter(),
          new AbsentWriter(),
          new CountWriter(),
          new ColorWriter(),
          new ShapeWriter(),
          new ExistsWriter(),
          new DescriptionWriter());

  private static final List<SampleWriter> FOR_PICTURES =
      List.of(
          new ReferringWriter(SampleKind.PLACE, PLACES),
          new ReferringWriter(SampleKind.RELATION, RELATIONS),
          new CompareWriter(),
          new PositionWriter(),
          new RegionWriter());

  private static final List<SampleWriter> FOR_CLIPS =
      List.of(new ReferringWriter(SampleKind.MOTION, new MotionPhrases()), new ActionWriter());

  private SceneTexts() {}

  /**
   * The words and punctuation marks of all texts of all scenes, without {@code [SEG]}, {@code <p>}
   * and {@code </p>}. Upper and lower case differ.
   *
   * @return sorted, unmodifiable
   */
  public static Set<String> vocabulary() {
    Stream<String> writers =
        Stream.of(FOR_ANY, FOR_PICTURES, FOR_CLIPS)
            .flatMap(List::stream)
            .flatMap(writer -> writer.texts().stream());
    Stream<String> media =
        Stream.of(Medium.values()).flatMap(m -> Stream.of(m.promptWord(), m.answerWord()));
    Set<String> words = new TreeSet<>();
    Stream.of(writers, media, Noun.texts().stream())
        .<String>flatMap(texts -> texts)
        .flatMap(SceneTexts::words)
        .forEach(words::add);
    return Collections.unmodifiableSet(words);
  }

  private static Stream<String> words(String text) {
    Matcher matcher = WORD.matcher(PLACEHOLDER_OR_TOKEN.matcher(text).replaceAll(" "));
    return matcher.results().map(result -> result.group());
  }

  /** Every sample about a scene. */
  static List<SceneSample> samples(SceneFacts facts, SceneRandom random) {
    return writers(facts.medium()).flatMap(writer -> writer.write(facts, random).stream()).toList();
  }

  /** One sample of a kind, drawn; empty if there is none. */
  static Optional<SceneSample> sample(SceneFacts facts, SampleKind kind, SceneRandom random) {
    List<SceneSample> samples =
        writers(facts.medium())
            .filter(writer -> writer.kind() == kind)
            .flatMap(writer -> writer.write(facts, random).stream())
            .toList();
    return samples.isEmpty() ? Optional.empty() : Optional.of(random.pick(samples));
  }

  /** For each shape of a picture one phrase that refers to it alone, drawn, where there is one. */
  static List<Phrase> phrases(SceneFacts facts, SceneRandom random) {
    Map<Target, List<Phrase>> byTarget =
        Stream.of(ATTRIBUTES, PLACES, RELATIONS)
            .flatMap(maker -> maker.phrases(facts, random).stream())
            .collect(
                Collectors.groupingBy(Phrase::target, LinkedHashMap::new, Collectors.toList()));
    return byTarget.values().stream().map(random::pick).toList();
  }

  private static Stream<SampleWriter> writers(Medium medium) {
    return Stream.concat(
        FOR_ANY.stream(), (medium == Medium.PICTURE ? FOR_PICTURES : FOR_CLIPS).stream());
  }
}
