package io.sa2va.examples.cli;

import io.sa2va.BrokenFile;
import io.sa2va.CachedModel;
import io.sa2va.Cancellation;
import io.sa2va.ModelHub;
import io.sa2va.Quantization;
import io.sa2va.Sa2VA;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code models}: which models there are, and what is on this machine. */
@Command(
    name = "models",
    description = "Lists, fetches, checks and removes models of the hub.",
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing: one of " + spec.subcommands().keySet());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(name = "list", description = "The published models, and what the cache holds.")
  void list() {
    ModelHub hub = ModelHub.open();
    List<CachedModel> cached = hub.cached();
    for (String name : hub.published()) {
      Optional<CachedModel> here =
          cached.stream().filter(model -> model.name().equals(name)).findFirst();
      out().println(here.map(ModelsCommand::line).orElse(name));
    }
    cached.stream()
        .filter(model -> !hub.published().contains(model.name()))
        .forEach(model -> out().println(line(model)));
    out().flush();
  }

  private static String line(CachedModel model) {
    boolean complete = model.revisions().stream().anyMatch(CachedModel.Revision::complete);
    return "%s  %s%s".formatted(model.name(), size(model.bytes()), complete ? "" : ", incomplete");
  }

  @Command(name = "download", description = "Fetches a model into the cache.")
  void download(
      @Parameters(paramLabel = "NAME", description = "org/name or org/name@revision.") String name,
      @Option(names = "--revision", paramLabel = "R", description = "A branch, tag or commit.")
          @Nullable String revision) {
    ProgressBar bar = new ProgressBar(spec.commandLine().getErr());
    Path folder = ModelHub.open().download(name, revision, bar::show, new Cancellation());
    out().println(folder);
    out().flush();
  }

  @Command(name = "verify", description = "Checks every file of a cached model.")
  int verify(@Parameters(paramLabel = "NAME", description = "org/name.") String name) {
    List<BrokenFile> broken = ModelHub.open().verify(name, new Cancellation());
    broken.forEach(file -> out().println(file.file() + ": " + file.problem()));
    out()
        .println(broken.isEmpty() ? "all files are sound" : broken.size() + " files are not sound");
    out().flush();
    return broken.isEmpty() ? 0 : Main.FAILURE;
  }

  @Command(name = "remove", description = "Removes a model from the cache.")
  void remove(@Parameters(paramLabel = "NAME", description = "org/name.") String name) {
    ModelHub.open().remove(name);
  }

  @Command(
      name = "quantize",
      description = "Writes a checkpoint with fewer bits for the language model's weights.")
  void quantize(
      @Parameters(paramLabel = "FOLDER", description = "The original checkpoint.") Path folder,
      @Parameters(paramLabel = "TARGET", description = "Where to write it.") Path target,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "int8|int4|int4-g128",
              converter = ModelOptions.QuantizationConverter.class,
              description = "Bits of a weight; g128: groups of 128 instead of 32 share a scale.")
          Quantization quantization) {
    if (quantization == Quantization.NONE) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--to none changes nothing: give int8, int4 or int4-g128");
    }
    Sa2VA.quantize(folder, quantization, target);
    out().println(target);
    out().flush();
  }

  private static String size(long bytes) {
    return String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
  }
}
