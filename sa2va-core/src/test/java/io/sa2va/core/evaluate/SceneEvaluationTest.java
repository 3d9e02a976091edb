package io.sa2va.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.EvaluationListener;
import io.sa2va.EvaluationScore;
import io.sa2va.FinishReason;
import io.sa2va.Image;
import io.sa2va.LoadOptions;
import io.sa2va.Mask;
import io.sa2va.Sa2VA;
import io.sa2va.core.scenes.SampleKind;
import io.sa2va.error.CancelledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneEvaluationTest {
  private static final SceneEvaluationOptions OPTIONS = SceneEvaluationOptions.of(41, 5);
  private static final Answer NOTHING = Answer.builder().build();

  @TempDir private Path folder;

  private static List<Question> questions(SceneEvaluationOptions options) {
    SceneQuestions questions = new SceneQuestions(options);
    List<Question> all = new ArrayList<>();
    for (int i = 0; i < options.pictures(); i++) {
      all.addAll(questions.ofPicture(i));
    }
    for (int i = 0; questions.asksClips() && i < options.clips(); i++) {
      all.addAll(questions.ofClip(i));
    }
    return all;
  }

  /** Knows every question and gives an answer made from it. */
  private static FakeModel knowing(
      SceneEvaluationOptions options, Function<Question, Answer> answer) {
    Map<List<Object>, Question> known = new HashMap<>();
    for (Question question : questions(options)) {
      known.put(key(question.request()), question);
    }
    return new FakeModel(request -> answer.apply(known.get(key(request))));
  }

  private static List<Object> key(ChatRequest request) {
    Image first = request.image() != null ? request.image() : request.video().frame(0);
    return List.of(request.prompt(), first, request.image() != null);
  }

  private static Answer perfect(Question question) {
    return FakeModel.answer(question.expected(), question.targets());
  }

  private static ScoreSheet run(SceneEvaluationOptions options, FakeModel model) {
    return run(options, model.asModel());
  }

  private static ScoreSheet run(SceneEvaluationOptions options, Sa2VA model) {
    return new SceneEvaluation(options).run(model, EvaluationListener.NONE, new Cancellation());
  }

  @Test
  void run_perfectModel_scoresOneEverywhere() {
    ScoreSheet report = run(OPTIONS, knowing(OPTIONS, SceneEvaluationTest::perfect));

    assertThat(report.scores())
        .allSatisfy(score -> assertThat(score.value()).isBetween(1 - 1e-5, 1.0))
        .allSatisfy(score -> assertThat(score.count()).isPositive());
    assertThat(report.scores().stream().map(score -> score.measure() + " " + score.part()))
        .contains(
            "cIoU attribute",
            "cIoU place",
            "cIoU relation",
            "cIoU group",
            "cIoU several",
            "cIoU all",
            "gIoU all",
            "J all",
            "F all",
            "J&F attribute",
            "J&F motion",
            "J&F all",
            "absent without mask all",
            "answered exactly count",
            "answered exactly color",
            "answered exactly shape",
            "answered exactly exists",
            "answered exactly compare",
            "answered exactly position",
            "answered exactly action",
            "answered exactly region",
            "answered exactly all",
            "grounded phrases mIoU all");
    assertThat(report.worst()).isEmpty();
  }

  @Test
  void run_silentModel_scoresZeroEverywhere() {
    ScoreSheet report = run(OPTIONS, new FakeModel(request -> NOTHING));

    assertThat(report.scores())
        .filteredOn(score -> !Set.of("J", "F", "J&F").contains(score.measure()))
        .allSatisfy(score -> assertThat(score.value()).isZero());
    // right on the frames from which a shape has gone
    assertThat(report.value("J&F", EvaluationScore.ALL).getAsDouble()).isLessThan(0.5);
    assertThat(report.worst())
        .allSatisfy(worst -> assertThat(worst.predicted()).isEmpty())
        .allSatisfy(worst -> assertThat(worst.score()).isLessThan(0.5));
  }

  @Test
  void run_aMaskTooManyOrTooFew_costsTheSame() {
    SceneEvaluationOptions several = OPTIONS.withKinds(EnumSet.of(SampleKind.SEVERAL));
    ScoreSheet more =
        run(
            several,
            knowing(
                several,
                question -> {
                  List<List<Mask>> tracks = new ArrayList<>(question.targets());
                  tracks.add(question.targets().get(0));
                  return FakeModel.answer(question.expected() + "[SEG]", tracks);
                }));
    ScoreSheet fewer =
        run(
            several,
            knowing(
                several,
                question -> FakeModel.answer("[SEG]", List.of(question.targets().get(0)))));

    assertThat(more.value("cIoU", "several").getAsDouble()).isBetween(0.3, 0.9);
    assertThat(fewer.value("cIoU", "several").getAsDouble()).isBetween(0.1, 0.9);
    assertThat(more.value("gIoU", "several").getAsDouble()).isBetween(0.6, 0.8);
  }

  @Test
  void run_maskForWhatIsAbsent_isWrong() {
    SceneEvaluationOptions absent = OPTIONS.withKinds(EnumSet.of(SampleKind.ABSENT));
    ScoreSheet report =
        run(
            absent,
            new FakeModel(
                request ->
                    FakeModel.answer(
                        "It is [SEG].",
                        List.of(
                            List.of(
                                Mask.empty(request.image().width(), request.image().height()))))));

    assertThat(report.value("absent without mask", EvaluationScore.ALL)).hasValue(0);
    assertThat(report.scores()).hasSize(1);
  }

  @Test
  void questions_sameSeed_areTheSameOfManyOddSizes() {
    List<Question> first = questions(OPTIONS);
    List<Question> again = questions(OPTIONS);

    assertThat(again).hasSameSizeAs(first);
    Set<String> sizes = new HashSet<>();
    for (int i = 0; i < first.size(); i++) {
      assertThat(key(again.get(i).request())).isEqualTo(key(first.get(i).request()));
      assertThat(again.get(i).targets()).isEqualTo(first.get(i).targets());
      Image frame = first.get(i).frame(0);
      assertThat(frame.width() % 2).isOne();
      assertThat(frame.height() % 2).isOne();
      sizes.add(frame.width() + "x" + frame.height());
    }
    assertThat(sizes).hasSizeGreaterThan(4);
    assertThat(key(questions(SceneEvaluationOptions.of(42, 5)).get(0).request()))
        .isNotEqualTo(key(first.get(0).request()));
  }

  @Test
  void questions_ofClips_have24Frames() {
    List<Question> questions = new SceneQuestions(OPTIONS).ofClip(0);

    assertThat(questions)
        .allSatisfy(question -> assertThat(question.request().video().frameCount()).isEqualTo(24))
        .extracting(Question::kind)
        .contains(SampleKind.ATTRIBUTE, SampleKind.ACTION);
  }

  @Test
  void run_kindsOfPictures_asksNoClips() {
    SceneEvaluationOptions counting = OPTIONS.withKinds(EnumSet.of(SampleKind.COUNT));
    FakeModel model = new FakeModel(request -> NOTHING);
    List<Long> progress = new ArrayList<>();

    new SceneEvaluation(counting)
        .run(
            model.asModel(),
            (done, total) -> {
              assertThat(total).isEqualTo(5);
              progress.add(done);
            },
            new Cancellation());

    assertThat(progress).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(model.asked()).hasSize(5).allMatch(request -> request.image() != null);
  }

  @Test
  void run_bundledModel_isTheSameEachTime() {
    SceneEvaluationOptions few =
        SceneEvaluationOptions.of(3, 2)
            .withKinds(
                EnumSet.of(
                    SampleKind.ATTRIBUTE,
                    SampleKind.MOTION,
                    SampleKind.COUNT,
                    SampleKind.REGION,
                    SampleKind.DESCRIPTION));
    try (Sa2VA model = Sa2VA.loadBundled(LoadOptions.defaults())) {
      ScoreSheet report = run(few, model);

      assertThat(report.scores())
          .allSatisfy(score -> assertThat(score.value()).isBetween(0.0, 1.0))
          .extracting(EvaluationScore::measure)
          .contains("cIoU", "J&F", "answered exactly", "grounded phrases mIoU");
      ScoreSheet again = run(few, model);
      assertThat(again.scores()).isEqualTo(report.scores());
      assertThat(again.worst()).isEqualTo(report.worst());
    }
  }

  @Test
  void run_cancelled_ends() {
    Cancellation cancellation = new Cancellation();
    FakeModel model =
        new FakeModel(
            request -> {
              boolean cancelled = request.cancellation().isCancelled();
              return Answer.builder()
                  .finishReason(cancelled ? FinishReason.CANCELLED : FinishReason.STOP)
                  .build();
            });

    assertThatExceptionOfType(CancelledException.class)
        .isThrownBy(
            () ->
                new SceneEvaluation(OPTIONS)
                    .run(model.asModel(), (done, total) -> cancellation.cancel(), cancellation))
        .withMessageContaining("picture 1");
  }

  @Test
  void write_report_makesMetricsAndPicturesOfTheWorst() throws IOException {
    SceneEvaluationOptions options = OPTIONS.withWorst(2);
    ScoreSheet report =
        run(
            options,
            knowing(
                options,
                question ->
                    question.kind() == SampleKind.PLACE
                        ? FakeModel.answer("<p>it & all</p> [SEG]", List.of(question.nothing()))
                        : perfect(question)));
    report.write(folder.resolve("new/one"));

    assertThat(report.worst()).hasSize(2).allMatch(worst -> worst.kind().equals("place"));
    WorstCase worst = report.worst().get(0);
    Image drawn = Image.read(folder.resolve("new/one/worst_place_00.png"));
    assertThat(drawn).isEqualTo(Image.of(worst.draw()));
    assertThat(drawn.width()).isGreaterThan(2 * worst.picture().width());
    assertThat(Files.readString(folder.resolve("new/one/worst.html")))
        .contains("worst_place_01.png", "it &amp; all&lt;/p&gt; [SEG]", worst.prompt());
    JsonNode metrics = new JsonMapper().readTree(folder.resolve("new/one/metrics.json").toFile());
    assertThat(metrics.at("/cIoU/place/value").doubleValue()).isZero();
    assertThat(metrics.at("/cIoU/place/count").longValue()).isPositive();
    assertThat(metrics.at("/answered exactly/all/value").doubleValue()).isOne();
    assertThat(report.table().lines())
        .hasSize(1 + report.scores().size())
        .anyMatch(line -> line.matches("cIoU +place +\\d+ +0\\.0000"));
    try (Stream<Path> files = Files.list(folder.resolve("new/one"))) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SceneEvaluationOptions.of(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withKinds(Set.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withWorst(-1));
  }
}
