package io.sa2va.examples.cli;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.Image;
import io.sa2va.KeyFrames;
import io.sa2va.LoadOptions;
import io.sa2va.Sa2VA;
import io.sa2va.Video;
import io.sa2va.error.Sa2VAException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chat}: asks about a picture or video, prints the answer, writes masks. */
@Command(
    name = "chat",
    description = "Asks about a picture or video; prints the answer and writes its masks.",
    mixinStandardHelpOptions = true)
final class ChatCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;
  @Mixin private SamplingOptions sampling;

  /** What the prompt may call region1, region2, …: masks first, then boxes, then the points. */
  @Mixin private PromptOptions regions;

  @ArgGroup private @Nullable MediaOptions media;

  @Option(
      names = "--text",
      required = true,
      paramLabel = "PROMPT",
      description = "What to ask or to segment; given again, a follow-up question.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--key-frames",
      paramLabel = "first:N|uniform:N|0,10,20",
      converter = Values.KeyFramesConverter.class,
      description = "Frames of a video that the language model sees (default: as the model does).")
  private KeyFrames keyFrames = KeyFrames.modelDefault();

  @Option(names = "--out", paramLabel = "DIR", description = "Write answer.json and the masks.")
  private @Nullable Path out;

  @Option(names = "--overlay", description = "Also write the picture with its masks drawn on it.")
  private boolean overlay;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** At most one of the three. */
  static final class MediaOptions {
    @Option(names = "--image", required = true, paramLabel = "FILE", description = "A picture.")
    private @Nullable Path image;

    @Option(
        names = "--frames",
        required = true,
        paramLabel = "DIR",
        description = "A video as a folder of pictures, in name order.")
    private @Nullable Path frames;

    @Option(names = "--video", required = true, paramLabel = "FILE", description = "A video file.")
    private @Nullable Path video;
  }

  @Override
  public Integer call() {
    requireUsable();
    LoadOptions loading = model.options(spec.commandLine().getErr());
    List<ChatRequest> requests = requests();
    try (Media source = openMedia();
        Sa2VA sa2va = model.load(loading);
        Conversation conversation = source.converse(sa2va)) {
      PrintWriter printer = spec.commandLine().getOut();
      List<Answer> answers = new ArrayList<>();
      for (ChatRequest request : requests) {
        Answer answer = conversation.ask(request);
        answers.add(answer);
        printer.println(answer.text());
        printer.flush();
      }
      if (out != null) {
        new AnswerWriter(out, overlay ? source : null).write(answers);
      }
    }
    return 0;
  }

  private void requireUsable() {
    if (!regions.isEmpty() && (media == null || media.image == null)) {
      throw usage("--region, --box and --point need --image");
    }
    if (overlay && out == null) {
      throw usage("--overlay needs --out");
    }
    if (overlay && media == null) {
      throw usage("--overlay needs a picture or a video");
    }
    if (out != null && Files.exists(out) && !Files.isDirectory(out)) {
      throw new Sa2VAException("--out " + out + " is a file; name a folder");
    }
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private Media openMedia() {
    if (media == null) {
      return Media.none();
    }
    if (media.image != null) {
      return Media.of(Image.read(media.image));
    }
    return Media.of(media.frames != null ? Video.ofFolder(media.frames) : Video.read(media.video));
  }

  private List<ChatRequest> requests() {
    List<ChatRequest> requests = new ArrayList<>();
    for (String text : texts) {
      ChatRequest.Builder request =
          ChatRequest.builder().prompt(text).keyFrames(keyFrames).generation(sampling::applyTo);
      if (requests.isEmpty()) {
        regions.objects().forEach(request::region);
      }
      requests.add(request.build());
    }
    return requests;
  }
}
