package io.sa2va.examples.cli;

import io.sa2va.Answer;
import io.sa2va.Conversation;
import io.sa2va.Image;
import io.sa2va.Sa2VA;
import io.sa2va.Video;
import io.sa2va.error.Sa2VAException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: what the bundled model can do, on a picture and a clip that come with it. */
@Command(
    name = "demo",
    description = "Asks about a picture and a clip that come along, and draws the answers.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final String PICTURE = "shapes.png";
  private static final String CLIP = "shapes.mp4";

  private static final List<String> ABOUT_THE_PICTURE =
      List.of(
          "How many shapes are there?",
          "Please segment the purple cross.",
          "Could you please give me a brief description of the image? Please respond with"
              + " interleaved segmentation masks for the corresponding parts of the answer.");

  private static final List<String> ABOUT_THE_CLIP =
      List.of("Please segment the green heart in this video.");

  @Mixin private ModelOptions model;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "Where to draw the answers (default: ${DEFAULT-VALUE}).")
  private Path out;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    Path picture = copy(PICTURE);
    Path clip = copy(CLIP);
    try (Sa2VA sa2va = model.load(model.options(spec.commandLine().getErr()))) {
      ask(sa2va, Media.of(Image.read(picture)), ABOUT_THE_PICTURE, "picture");
      ask(sa2va, Media.of(Video.read(clip)), ABOUT_THE_CLIP, "clip");
    }
    return 0;
  }

  private void ask(Sa2VA sa2va, Media media, List<String> questions, String folder) {
    PrintWriter printer = spec.commandLine().getOut();
    List<Answer> answers = new ArrayList<>();
    try (media;
        Conversation conversation = media.converse(sa2va)) {
      for (String question : questions) {
        printer.printf("> %s%n", question);
        Answer answer = conversation.ask(question);
        answers.add(answer);
        printer.printf("%s%n", answer.text()).flush();
      }
      new AnswerWriter(out.resolve(folder), media).write(answers);
      printer.printf("(drawn in %s)%n", out.resolve(folder)).flush();
    }
  }

  private Path copy(String name) {
    try (InputStream source =
        Objects.requireNonNull(DemoCommand.class.getResourceAsStream("demo/" + name), name)) {
      Path file = Files.createDirectories(out).resolve(name);
      Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
      return file;
    } catch (IOException e) {
      throw new Sa2VAException("cannot write to " + out + ": " + e, e);
    }
  }
}
