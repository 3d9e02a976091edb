package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Image;
import io.sa2va.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatCommandTest {
  private static final String FAMILY = "qwen2";

  @TempDir private Path temporary;

  private CommandLineRun chat(String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("chat", "--model", FixtureCase.checkpoint(FAMILY).toString()));
    arguments.addAll(List.of("--threads", "1"));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private String image() {
    return FixtureCase.image(FAMILY).toString();
  }

  private Path out() {
    return temporary.resolve("out");
  }

  @Test
  void chat_severalTexts_writesAllTurns() throws IOException {
    CommandLineRun run =
        chat(
            "--image",
            image(),
            "--out",
            out().toString(),
            "--overlay",
            "--text",
            "Please segment the cat and the dog.",
            "--text",
            "What is in the image?",
            "--text",
            "Please segment the red circle.");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    WrittenAnswer last = WrittenAnswer.in(out());
    List<WrittenAnswer> turns = last.turns();
    assertThat(turns).hasSize(3);
    assertThat(run.out().lines())
        .containsExactlyElementsOf(
            turns.stream().map(turn -> turn.json().get("text").asText()).toList());
    Set<String> files = new TreeSet<>(Set.of("answer.json"));
    for (int turn = 0; turn < 3; turn++) {
      turns.get(turn).assertSound("turn" + turn + "_");
      files.add("turn" + turn + "_overlay_frame00000.png");
      for (int segment = 0; segment < turns.get(turn).segments(); segment++) {
        files.add("turn" + turn + "_segment" + segment + "_frame00000.png");
      }
    }
    assertThat(turns.get(0).segments()).isEqualTo(2);
    assertThat(WrittenAnswer.files(out())).isEqualTo(files);
    Set<String> fields = WrittenAnswer.fields(last.json());
    assertThat(fields.remove("turns")).isTrue();
    assertThat(fields).isEqualTo(WrittenAnswer.fields(turns.get(2).json()));
    for (String field : fields) {
      assertThat(last.json().get(field)).isEqualTo(turns.get(2).json().get(field));
    }
  }

  @Test
  void chat_overlayOfPicture_changesItUnderTheMasksOnly() throws IOException {
    chat(
        "--image",
        image(),
        "--text",
        "Please segment the red circle.",
        "--out",
        out().toString(),
        "--overlay");
    Mask mask = WrittenAnswer.in(out()).mask(0, 0);
    Image drawn = Image.read(out().resolve("overlay_frame00000.png"));
    Image plain = Image.read(FixtureCase.image(FAMILY));
    assertThat(drawn.width()).isEqualTo(plain.width());
    assertThat(drawn.height()).isEqualTo(plain.height());
    int changed = 0;
    for (int y = 0; y < plain.height(); y++) {
      for (int x = 0; x < plain.width(); x++) {
        if (drawn.rgbAt(x, y) != plain.rgbAt(x, y)) {
          assertThat(mask.get(x, y)).isTrue();
          changed++;
        }
      }
    }
    assertThat(changed).isGreaterThan(mask.area() / 2);
  }

  @Test
  void chat_overlayOfVideo_hasEveryFrame() throws IOException {
    Path frames = FixtureCase.frames(FAMILY, temporary.resolve("frames"));
    for (int frame = 6; frame < 14; frame++) {
      Files.delete(frames.resolve("frame_%05d.png".formatted(frame)));
    }
    CommandLineRun run =
        chat(
            "--frames",
            frames.toString(),
            "--text",
            "Please segment the girl.",
            "--out",
            out().toString(),
            "--overlay");
    assertThat(run.exitCode()).isZero();
    WrittenAnswer answer = WrittenAnswer.in(out());
    answer.assertSound("");
    assertThat(answer.json().get("frames").asInt()).isEqualTo(6);
    for (int frame = 0; frame < 6; frame++) {
      assertThat(out().resolve("overlay_frame%05d.png".formatted(frame))).isRegularFile();
    }
  }

  @Test
  void chat_withoutOut_writesNothing() {
    CommandLineRun run = chat("--image", image(), "--text", "What is in the image?");
    assertThat(run).isEqualTo(new CommandLineRun(0, line("A red circle on the left."), ""));
    assertThat(temporary).isEmptyDirectory();
  }

  private static String line(String text) {
    return text + System.lineSeparator();
  }

  @Test
  void chat_textOnly_hasNoSize() throws IOException {
    assertThat(chat("--text", "What is 3.14?", "--out", out().toString()).exitCode()).isZero();
    WrittenAnswer answer = WrittenAnswer.in(out());
    answer.assertSound("");
    assertThat(answer.json().get("frames").asInt()).isZero();
    assertThat(WrittenAnswer.files(out())).containsExactly("answer.json");
  }

  @Test
  void chat_folderOfAnEarlierAnswer_isWrittenAnew() throws IOException {
    chat("--text", "What is 3.14?", "--out", out().toString());
    chat("--image", image(), "--text", "What is in the image?", "--out", out().toString());
    assertThat(WrittenAnswer.in(out()).json().get("text").asText())
        .isEqualTo("A red circle on the left.");
  }

  @Test
  void chat_maxNewTokens_cutsTheAnswer() {
    assertThat(
            chat("--image", image(), "--text", "What is in the image?", "--max-new-tokens", "2")
                .out())
        .isEqualTo(line("A red"));
  }

  @Test
  void chat_sampledWithOneSeed_isRepeatable() {
    String[] options = {
      "--image",
      image(),
      "--text",
      "What is in the image?",
      "--temperature",
      "3",
      "--top-k",
      "50",
      "--top-p",
      "0.9",
      "--repetition-penalty",
      "1.1",
      "--seed",
      "4",
      "--max-new-tokens",
      "12"
    };
    assertThat(chat(options)).isEqualTo(chat(options));
  }

  @ParameterizedTest
  @CsvSource({"cpu, bfloat16", "CPU, BFloat16", "auto, float16", "cpu, auto"})
  void chat_deviceAndType_answers(String device, String dtype) {
    CommandLineRun run =
        chat(
            "--image",
            image(),
            "--text",
            "What is in the image?",
            "--device",
            device,
            "--dtype",
            dtype);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo(line("A red circle on the left."));
  }

  @Test
  void chat_debug_logsAndStillAnswers() {
    CommandLineRun run = chat("--debug", "--text", "What is 3.14?");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualTo(line("It is 3.14."));
  }

  @Test
  void help_anyCommand_isNoFailure() {
    assertThat(CommandLineRun.of("--help").exitCode()).isZero();
    CommandLineRun run = CommandLineRun.of("chat", "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("--region").contains("--overlay");
  }
}
