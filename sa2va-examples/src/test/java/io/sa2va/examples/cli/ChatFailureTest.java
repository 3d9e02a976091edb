package io.sa2va.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sa2va.Image;
import io.sa2va.Mask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each failure is one line on stderr and an exit code, and leaves no half answer. */
class ChatFailureTest {
  private static final String FAMILY = "qwen2";

  @TempDir private Path temporary;
  private Path out;

  @BeforeEach
  void chooseOut() {
    out = temporary.resolve("out");
  }

  /** Runs {@code chat} on the sound checkpoint with {@code --out}. */
  private CommandLineRun chat(String... options) {
    return chatWith(FixtureCase.checkpoint(FAMILY), options);
  }

  private CommandLineRun chatWith(Path checkpoint, String... options) {
    List<String> arguments = new ArrayList<>(List.of("chat", "--model", checkpoint.toString()));
    arguments.addAll(List.of("--threads", "1", "--out", out.toString()));
    arguments.addAll(List.of(options));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private void assertFails(CommandLineRun run, int exitCode, String... words) {
    assertThat(run.err()).hasLineCount(1).startsWith("sa2va: ").contains(words);
    assertThat(run.err()).doesNotContain("\tat ", "Exception");
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  private static String image() {
    return FixtureCase.image(FAMILY).toString();
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(temporary.resolve(name), content).toString();
  }

  // ---- usage

  @ParameterizedTest
  @CsvSource({
    "--dtype, float8, float8",
    "--device, tpu, tpu",
    "--device, cuda:x, cuda:x",
    "--max-new-tokens, 0, --max-new-tokens",
    "--max-new-tokens, many, many",
    "--temperature, -1, --temperature",
    "--temperature, NaN, --temperature",
    "--top-p, 0, --top-p",
    "--top-k, -1, --top-k",
    "--repetition-penalty, 0, --repetition-penalty",
    "--threads, -1, --threads",
    "--seed, x, --seed",
    "--unheard-of, 1, --unheard-of"
  })
  void chat_wrongOption_isBadUsage(String option, String value, String word) {
    assertFails(chat("--text", "Hi", option, value), Main.BAD_USAGE, word);
  }

  @Test
  void chat_wrongCombination_isBadUsage() {
    assertFails(chat(), Main.BAD_USAGE, "--text");
    assertFails(chat("--text"), Main.BAD_USAGE, "--text");
    assertFails(
        chat("--text", "Hi", "--image", image(), "--frames", "x"), Main.BAD_USAGE, "--frames");
    assertFails(
        chat("--text", "Hi", "--frames", "x", "--region", "r.png"), Main.BAD_USAGE, "--region");
    assertFails(
        chat("--text", "Hi", "--video", "x.mp4", "--region", "r.png"), Main.BAD_USAGE, "--region");
    assertFails(chat("--text", "Hi", "--region", "r.png"), Main.BAD_USAGE, "--region");
    assertFails(chat("--text", "Hi", "--overlay"), Main.BAD_USAGE, "--overlay");
    assertFails(
        CommandLineRun.of("chat", "--text", "Hi", "--image", image(), "--overlay"),
        Main.BAD_USAGE,
        "--out");
  }

  @Test
  void run_noOrUnknownCommand_isBadUsage() {
    assertFails(CommandLineRun.of(), Main.BAD_USAGE, "chat");
    assertFails(CommandLineRun.of("paint"), Main.BAD_USAGE, "paint");
    assertFails(CommandLineRun.of("--unheard-of"), Main.BAD_USAGE, "--unheard-of");
  }

  // ---- what is asked

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void chat_blankPrompt_fails(String prompt) {
    assertFails(chat("--image", image(), "--text", prompt), Main.FAILURE, "prompt");
  }

  @Test
  void chat_promptBeyondContext_fails() {
    assertFails(chat("--text", "word ".repeat(5000)), Main.FAILURE, "tokens", "4095");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<image> and <image>", "What is <IMG_CONTEXT>?"})
  void chat_imageTokensByHand_fails(String prompt) {
    assertFails(chat("--image", image(), "--text", prompt), Main.FAILURE, "<image>");
  }

  @Test
  void chat_failingFollowUp_writesNothing() {
    CommandLineRun run = chat("--text", "What is 3.14?", "--text", "word ".repeat(5000));
    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void chat_outIsAFile_failsBeforeAnythingIsLoaded() throws IOException {
    String file = write("file", new byte[] {1});
    CommandLineRun run =
        CommandLineRun.of("chat", "--model", "no such model", "--text", "Hi", "--out", file);
    assertFails(run, Main.FAILURE, "--out", file);
    assertThat(Files.readAllBytes(Path.of(file))).containsExactly(1);
  }

  @Test
  void chat_outInsideAFile_fails() throws IOException {
    out = Path.of(write("file", new byte[] {1})).resolve("out");
    CommandLineRun run = chat("--text", "What is 3.14?");
    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).hasLineCount(1).contains(out.toString());
  }

  // ---- pictures and videos

  @Test
  void chat_noPicture_fails() throws IOException {
    assertFails(
        chat("--text", "Hi", "--image", temporary.resolve("none.png").toString()),
        Main.FAILURE,
        "none.png");
    String text = write("text.png", "I am no picture".getBytes(StandardCharsets.UTF_8));
    assertFails(chat("--text", "Hi", "--image", text), Main.FAILURE, "text.png");
    assertFails(
        chat("--text", "Hi", "--image", write("0.png", new byte[0])), Main.FAILURE, "0.png");
    String folder = temporary.toString();
    assertFails(chat("--text", "Hi", "--image", folder), Main.FAILURE, folder);
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 40, 700, 20_000})
  void chat_cutPng_fails(int length) throws IOException {
    byte[] png = Files.readAllBytes(Path.of(image()));
    String cut = write("cut.png", Arrays.copyOf(png, length));
    assertFails(chat("--text", "Hi", "--image", cut), Main.FAILURE, "cut.png");
  }

  @Test
  void chat_damagedPng_fails() throws IOException {
    byte[] png = Files.readAllBytes(Path.of(image()));
    Arrays.fill(png, 100, 3000, (byte) 0x5A);
    assertFails(chat("--text", "Hi", "--image", write("bad.png", png)), Main.FAILURE, "bad.png");
  }

  @Test
  void chat_framesMissing_fails() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));
    assertFails(chat("--text", "Hi", "--frames", empty.toString()), Main.FAILURE, "empty");
    assertFails(
        chat("--text", "Hi", "--frames", temporary.resolve("none").toString()),
        Main.FAILURE,
        "none");
    assertFails(chat("--text", "Hi", "--frames", image()), Main.FAILURE, "image.png");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void chat_framesOfDifferentSizes_fails(int odd) throws IOException {
    Path frames = FixtureCase.frames(FAMILY, temporary.resolve("frames"));
    Path frame = frames.resolve("frame_%05d.png".formatted(odd));
    Image.ofRgb(2, 2, new byte[12]).writePng(frame);
    assertFails(
        chat("--text", "Please segment the girl.", "--frames", frames.toString()),
        Main.FAILURE,
        frame.getFileName().toString(),
        "2x2");
  }

  @Test
  void chat_regionThatDoesNotFit_fails() throws IOException {
    Path small = temporary.resolve("small.png");
    Mask.empty(3, 3).inverse().writePng(small);
    assertFails(
        chat("--image", image(), "--text", "region1?", "--region", small.toString()),
        Main.FAILURE,
        "3x3",
        "233x150");
    Path empty = temporary.resolve("empty.png");
    Mask.empty(233, 150).writePng(empty);
    assertFails(
        chat("--image", image(), "--text", "region1?", "--region", empty.toString()),
        Main.FAILURE,
        "region");
    assertFails(
        chat("--image", image(), "--text", "region1?", "--region", "none.png"),
        Main.FAILURE,
        "none.png");
  }

  // ---- models

  @Test
  void chat_noSuchModel_fails() {
    assertFails(chatWith(temporary.resolve("no model"), "--text", "Hi"), Main.FAILURE, "no model");
  }

  @Test
  void chat_deviceThatIsNotThere_fails() {
    assertFails(chat("--text", "Hi", "--device", "cuda:99"), Main.FAILURE, "cuda:99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors"})
  void chat_fileOfCheckpointMissing_fails(String file) throws IOException {
    Path checkpoint = copy();
    Files.delete(checkpoint.resolve(file));
    assertFails(chatWith(checkpoint, "--text", "Hi"), Main.FAILURE, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
  void chat_fileOfCheckpointCut_fails(String file) throws IOException {
    Path checkpoint = copy();
    byte[] bytes = Files.readAllBytes(checkpoint.resolve(file));
    Files.write(checkpoint.resolve(file), Arrays.copyOf(bytes, bytes.length / 2));
    assertFails(chatWith(checkpoint, "--text", "Hi"), Main.FAILURE, file);
  }

  @ParameterizedTest
  @CsvSource({
    "sa2va_chat, mystery_chat",
    "Qwen2ForCausalLM, MysteryForCausalLM",
    "qwen_chat, mystery",
    "num_hidden_layers, mystery"
  })
  void chat_configWithUnknownName_fails(String name, String unknown) throws IOException {
    Path config = copy().resolve("config.json");
    Files.writeString(config, Files.readString(config).replace('"' + name, '"' + unknown));
    assertFails(
        chatWith(config.getParent(), "--text", "Hi"),
        Main.FAILURE,
        name.equals("num_hidden_layers") ? name : unknown);
  }

  @Test
  void chat_debug_showsTheStackTrace() {
    CommandLineRun run = chatWith(temporary.resolve("no model"), "--text", "Hi", "--debug");
    assertThat(run.exitCode()).isEqualTo(Main.FAILURE);
    assertThat(run.err()).contains("\tat io.sa2va");
  }

  private Path copy() throws IOException {
    Path copy = Files.createDirectory(temporary.resolve("checkpoint"));
    try (Stream<Path> files = Files.list(FixtureCase.checkpoint(FAMILY))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
