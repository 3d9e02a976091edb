package io.sa2va.examples.cli;

import io.sa2va.error.Sa2VAException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: {@code java -jar sa2va.jar COMMAND …}. */
@Command(
    name = "sa2va",
    description =
        "Chats about pictures and videos, draws masks of what it names, and learns to do it better.",
    mixinStandardHelpOptions = true,
    version = "sa2va 0.1.0",
    subcommands = {
      DemoCommand.class,
      ChatCommand.class,
      TrackCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      ModelsCommand.class
    })
public final class Main implements Runnable {
  static final int FAILURE = 1;
  static final int BAD_USAGE = 2;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Log what is done, and show the stack trace of a failure.")
  private boolean debug;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Runs a command.
   *
   * @return 0 on success, 2 on bad usage, 1 on any other failure
   */
  public static int run(String... args) {
    Main main = new Main();
    Logging.configure(List.of(args).contains("--debug"));
    return new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, ignored) -> badUsage(e))
        .setExecutionExceptionHandler((e, line, result) -> main.failure(e, line))
        .execute(args);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing: one of " + spec.subcommands().keySet());
  }

  private static int badUsage(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "sa2va: "
                + oneLine(e.getMessage())
                + " (see '"
                + command.getCommandSpec().qualifiedName()
                + " --help')");
    return BAD_USAGE;
  }

  private int failure(Exception e, CommandLine line) {
    if (debug) {
      e.printStackTrace(line.getErr());
    } else {
      line.getErr().println("sa2va: " + oneLine(message(e)));
    }
    return FAILURE;
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return e instanceof Sa2VAException && message != null
        ? message
        : e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
