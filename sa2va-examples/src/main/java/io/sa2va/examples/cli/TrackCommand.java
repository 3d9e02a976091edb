package io.sa2va.examples.cli;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.LoadOptions;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.TrackPrompt;
import io.sa2va.Tracker;
import io.sa2va.Video;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code track}: follows objects through a video that points, boxes or masks show, without words.
 */
@Command(
    name = "track",
    description = "Follows objects through a video that points, boxes or masks show.",
    mixinStandardHelpOptions = true)
final class TrackCommand implements Callable<Integer> {
  @Mixin private ModelOptions model;
  @Mixin private PromptOptions prompts;

  @ArgGroup(multiplicity = "1")
  private FrameOptions source;

  @Option(
      names = "--at",
      paramLabel = "FRAME",
      defaultValue = "0",
      description = "The frame on which the objects are shown (default: ${DEFAULT-VALUE}).")
  private int at;

  @Option(
      names = "--direction",
      paramLabel = "forward|backward|both",
      defaultValue = "both",
      description = "The way through the video (default: ${DEFAULT-VALUE}).")
  private Tracker.Direction direction = Tracker.Direction.BOTH;

  @Option(names = "--out", paramLabel = "DIR", description = "Write answer.json and the masks.")
  private @Nullable Path out;

  @Option(names = "--overlay", description = "Also write the frames with the masks drawn on them.")
  private boolean overlay;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /** One of the two. */
  static final class FrameOptions {
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
    if (prompts.isEmpty()) {
      throw usage("show an object with --point, --box or --region");
    }
    if (overlay && out == null) {
      throw usage("--overlay needs --out");
    }
    LoadOptions loading = model.options(spec.commandLine().getErr());
    List<ObjectPrompt> objects = prompts.objects();
    try (Video video = open();
        Sa2VA sa2va = model.load(loading);
        Tracker tracker = sa2va.track(video)) {
      for (int object = 0; object < objects.size(); object++) {
        tracker.prompt(new TrackPrompt(object, at, objects.get(object)));
      }
      tracker.track(direction, new Cancellation());
      report(video, tracker.segments());
    }
    return 0;
  }

  private Video open() {
    return source.frames != null ? Video.ofFolder(source.frames) : Video.read(source.video);
  }

  private void report(Video video, List<Segment> segments) {
    Answer answer =
        Answer.builder()
            .segments(segments)
            .size(video.width(), video.height())
            .frameCount(video.frameCount())
            .build();
    if (out != null) {
      new AnswerWriter(out, overlay ? Media.of(video) : null).write(List.of(answer));
    }
    spec.commandLine()
        .getOut()
        .printf("%d objects on %d frames%n", segments.size(), video.frameCount())
        .flush();
  }

  private CommandLine.ParameterException usage(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
