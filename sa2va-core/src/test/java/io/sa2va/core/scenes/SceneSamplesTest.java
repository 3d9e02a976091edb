package io.sa2va.core.scenes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads every text back against what the masks show. */
class SceneSamplesTest {
  private static final int PICTURES = 150;
  private static final int CLIPS = 60;

  private static final List<Pattern> PROMPTS =
      ReferringWriter.PROMPTS.stream()
          .map(prompt -> Pattern.quote(prompt))
          .map(quoted -> quoted.replace("{what}", "\\E(.+)\\Q"))
          .map(quoted -> quoted.replace("{medium}", "\\E(?:image|video)\\Q"))
          .map(Pattern::compile)
          .toList();
  private static final Pattern GROUNDED = Pattern.compile("<p> (.+?) </p> \\[SEG]");

  /** A sample with the shapes it is about and a reader of phrases about them. */
  private record Case(SceneSample sample, List<ShapeFacts> shapes, PhraseReader reader) {
    List<Integer> read(String phrase) {
      return reader.read(phrase);
    }
  }

  private static final List<Case> ALL = all();

  private static List<Case> all() {
    SceneGenerator world = new SceneGenerator(11, SceneOptions.ofSize(72, 64).withFrames(8, 12));
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      Scene scene = world.picture(i);
      PhraseReader reader = PhraseReader.of(scene.shapes(), scene::mask);
      scene.samples().forEach(sample -> cases.add(new Case(sample, scene.shapes(), reader)));
    }
    for (int i = 0; i < CLIPS; i++) {
      SceneClip clip = world.clip(i);
      PhraseReader reader = PhraseReader.of(clip.shapes(), shape -> clip.mask(shape, 0));
      clip.samples().forEach(sample -> cases.add(new Case(sample, clip.shapes(), reader)));
    }
    return cases;
  }

  private static Stream<Case> cases(SampleKind... kinds) {
    Set<SampleKind> wanted = EnumSet.of(kinds[0], kinds);
    List<Case> cases = ALL.stream().filter(c -> wanted.contains(c.sample().kind())).toList();
    assertThat(EnumSet.copyOf(cases.stream().map(c -> c.sample().kind()).toList()))
        .isEqualTo(wanted);
    return cases.stream();
  }

  private static String asked(SceneSample sample) {
    return PROMPTS.stream()
        .map(prompt -> prompt.matcher(sample.prompt()))
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("unknown prompt: " + sample));
  }

  @Test
  void samples_referring_nameExactlyTheirTargets() {
    cases(
            SampleKind.ATTRIBUTE,
            SampleKind.PLACE,
            SampleKind.RELATION,
            SampleKind.GROUP,
            SampleKind.MOTION)
        .forEach(
            c ->
                assertThat(c.sample().targets())
                    .as("%s among %s", c.sample(), c.shapes())
                    .containsExactly(new Target(c.read(asked(c.sample())))));
  }

  @Test
  void samples_several_nameEachTargetInPromptAndAnswer() {
    cases(SampleKind.SEVERAL)
        .forEach(
            c -> {
              List<Target> asked =
                  Stream.of(asked(c.sample()).split(", | and ", -1))
                      .map(phrase -> new Target(c.read(phrase)))
                      .toList();
              List<Target> answered =
                  GROUNDED
                      .matcher(c.sample().answer())
                      .results()
                      .map(found -> new Target(c.read(found.group(1))))
                      .toList();
              assertThat(c.sample().targets())
                  .isEqualTo(asked)
                  .isEqualTo(answered)
                  .hasSizeBetween(2, 3)
                  .doesNotHaveDuplicates();
            });
  }

  @Test
  void samples_absent_nameNothingThatIsThere() {
    cases(SampleKind.ABSENT)
        .forEach(
            c -> {
              String phrase = asked(c.sample());
              assertThat(c.read(phrase)).as("%s", c.sample()).isEmpty();
              assertThat(c.sample().answer())
                  .matches(
                      "There is no "
                          + phrase.substring("the ".length())
                          + " in the (picture|video)\\.");
            });
  }

  @Test
  void samples_count_answerTheNumber() {
    Pattern prompt =
        Pattern.compile("(?:How many|Count the) (.+?)(?: are there.*| can you see\\?|\\.)");
    cases(SampleKind.COUNT)
        .forEach(
            c -> {
              Matcher matcher = prompt.matcher(c.sample().prompt());
              assertThat(matcher.matches()).as(c.sample().prompt()).isTrue();
              int count = c.read("all " + matcher.group(1)).size();
              String number = count == 0 ? "no" : String.valueOf(count);
              assertThat(c.sample().answer())
                  .startsWith(count == 1 ? "There is 1 " : "There are " + number + " ");
            });
  }

  @Test
  void samples_color_answerTheColorOfTheOnlyOne() {
    Pattern prompt = Pattern.compile(".*?(the (?!color)[a-z]+).*");
    cases(SampleKind.COLOR)
        .forEach(
            c -> {
              Matcher matcher = prompt.matcher(c.sample().prompt());
              assertThat(matcher.matches()).as(c.sample().prompt()).isTrue();
              List<Integer> found = c.read(matcher.group(1));
              assertThat(found).hasSize(1);
              assertThat(c.sample().answer())
                  .isEqualTo("It is " + c.shapes().get(found.get(0)).color().word() + ".");
            });
  }

  @Test
  void samples_shape_answerTheFormOfTheOnlyOne() {
    cases(SampleKind.SHAPE)
        .forEach(
            c -> {
              String[] words = c.sample().prompt().replaceAll("( shape)?\\?", "").split(" ", -1);
              List<Integer> found = c.read("the " + words[words.length - 1]);
              assertThat(found).as("%s", c.sample()).hasSize(1);
              assertThat(c.sample().answer())
                  .isEqualTo("It is a " + c.shapes().get(found.get(0)).kind().word() + ".");
            });
  }

  @Test
  void samples_exists_answerWhetherOneIsThere() {
    Pattern prompt = Pattern.compile("(?:Is there|Can you see) an? (.+?)(?: in this .*)?\\?");
    cases(SampleKind.EXISTS)
        .forEach(
            c -> {
              Matcher matcher = prompt.matcher(c.sample().prompt());
              assertThat(matcher.matches()).as(c.sample().prompt()).isTrue();
              boolean none = c.read("the " + matcher.group(1)).isEmpty();
              assertThat(c.sample().answer()).isEqualTo(none ? "No." : "Yes.");
            });
  }

  @Test
  void samples_position_answerWhetherItLiesSo() {
    Pattern prompt =
        Pattern.compile("Is (the .+) (left of|right of|above|below|inside) (the .+)\\?");
    cases(SampleKind.POSITION)
        .forEach(
            c -> {
              Matcher matcher = prompt.matcher(c.sample().prompt());
              assertThat(matcher.matches()).as(c.sample().prompt()).isTrue();
              List<Integer> subject = c.read(matcher.group(1));
              assertThat(subject).hasSize(1);
              String phrase = "the shape %s %s".formatted(matcher.group(2), matcher.group(3));
              assertThat(c.sample().answer())
                  .as("%s among %s", c.sample(), c.shapes())
                  .isEqualTo(c.read(phrase).containsAll(subject) ? "Yes." : "No.");
            });
  }

  @Test
  void samples_compare_answerTheRightOne() {
    Pattern prompt = Pattern.compile("(?:Which|What) is (larger|smaller), (the .+) or (the .+)\\?");
    cases(SampleKind.COMPARE)
        .forEach(
            c -> {
              Matcher matcher = prompt.matcher(c.sample().prompt());
              assertThat(matcher.matches()).as(c.sample().prompt()).isTrue();
              double first = area(c, matcher.group(2));
              double second = area(c, matcher.group(3));
              boolean answerFirst = matcher.group(1).equals("larger") == first > second;
              assertThat(c.sample().answer())
                  .isEqualToIgnoringCase(matcher.group(answerFirst ? 2 : 3) + ".");
            });
  }

  private static double area(Case c, String phrase) {
    List<Integer> found = c.read(phrase);
    assertThat(found).hasSize(1);
    return c.shapes().get(found.get(0)).area();
  }

  @Test
  void samples_action_answerWhatTheShapeDoes() {
    Pattern prompt = Pattern.compile("What (?:does|happens to) (the .+?)(?: do.*)?\\?");
    cases(SampleKind.ACTION)
        .forEach(
            c -> {
              Matcher matcher = prompt.matcher(c.sample().prompt());
              assertThat(matcher.matches()).as(c.sample().prompt()).isTrue();
              List<Integer> found = c.read(matcher.group(1));
              assertThat(found).hasSize(1);
              assertThat(c.sample().answer())
                  .isEqualTo("It " + c.shapes().get(found.get(0)).action().words() + ".");
            });
  }

  @Test
  void samples_region_describeTheirShapes() {
    Pattern answer = Pattern.compile("region([12]) is an? (.+?)(?= and|\\.)");
    cases(SampleKind.REGION)
        .forEach(
            c -> {
              List<Integer> regions = c.sample().regions();
              List<String> nouns = new ArrayList<>();
              answer.matcher(c.sample().answer()).results().forEach(m -> nouns.add(m.group(2)));
              assertThat(nouns).as("%s", c.sample()).hasSameSizeAs(regions);
              for (int i = 0; i < nouns.size(); i++) {
                assertThat(c.read("the " + nouns.get(i))).contains(regions.get(i));
              }
            });
  }

  @Test
  void samples_description_groundEveryShapeOnce() {
    cases(SampleKind.DESCRIPTION)
        .forEach(
            c -> {
              List<Target> targets = c.sample().targets();
              assertThat(targets.stream().flatMap(target -> target.shapes().stream()))
                  .containsExactlyInAnyOrderElementsOf(
                      c.shapes().stream().map(ShapeFacts::index).toList());
              List<String> phrases =
                  GROUNDED.matcher(c.sample().answer()).results().map(m -> m.group(1)).toList();
              assertThat(phrases).hasSameSizeAs(targets);
              for (int i = 0; i < phrases.size(); i++) {
                assertThat(c.read(definite(phrases.get(i)))).containsAll(targets.get(i).shapes());
              }
            });
  }

  /** "A red star" as "the red star", "two red stars" as "the two red stars". */
  private static String definite(String phrase) {
    String words = phrase.replaceFirst("^[Aa]n? ", "");
    return "the " + words;
  }

  @Test
  void samples_any_haveOneSegATarget() {
    cases(SampleKind.values())
        .forEach(
            c ->
                assertThat(c.sample().answer().split("\\[SEG]", -1))
                    .as("%s", c.sample())
                    .hasSize(c.sample().targets().size() + 1));
  }

  @Test
  void samples_any_areAboutClearShapesAlone() {
    cases(SampleKind.values())
        .forEach(
            c -> {
              Stream<Integer> named =
                  Stream.concat(
                      c.sample().targets().stream().flatMap(target -> target.shapes().stream()),
                      c.sample().regions().stream());
              assertThat(named).allMatch(index -> c.shapes().get(index).clear());
            });
  }
}
