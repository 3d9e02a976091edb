package io.sa2va.benchmarks;

import io.sa2va.core.zoo.Zoo;
import io.sa2va.core.zoo.ZooModel;
import io.sa2va.error.Sa2VAException;
import io.sa2va.torch.DType;
import io.sa2va.torch.TorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Writes a checkpoint of random weights with the sizes of a published one. */
@Command(
    name = "synthetic-checkpoint",
    description = "Writes random weights with the sizes of a published checkpoint.",
    mixinStandardHelpOptions = true,
    version = "sa2va 0.1.0")
public final class SyntheticCheckpoint implements Callable<Integer> {
  private static final int FAILURE = 1;

  @Parameters(paramLabel = "NAME", description = "A published checkpoint, such as Sa2VA-1B.")
  private String name = "";

  @Parameters(paramLabel = "FOLDER", description = "Where to write it; new or empty.")
  private Path folder = Path.of("");

  @Option(
      names = "--tokenizer",
      required = true,
      paramLabel = "FOLDER",
      description = "A folder with the tokenizer files to copy.")
  private Path tokenizer = Path.of("");

  @Option(
      names = "--dtype",
      defaultValue = "BFLOAT16",
      paramLabel = "bfloat16|float32",
      description = "The type of the weights (default: bfloat16).")
  private DType dtype = DType.BFLOAT16;

  @Option(
      names = "--shard-bytes",
      defaultValue = "5000000000",
      paramLabel = "N",
      description = "What one file holds at most (default: ${DEFAULT-VALUE}).")
  private long shardBytes;

  @Option(names = "--seed", defaultValue = "0", description = "Of the weights (default: 0).")
  private long seed;

  @Option(
      names = "--objects",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "Let every answer of 32 tokens segment N objects, 1 to 8 (default: random answers).")
  private int objects;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  private SyntheticCheckpoint() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /**
   * Writes a checkpoint.
   *
   * @return 0 on success, 2 on bad usage, 1 on any other failure
   */
  static int run(String... args) {
    return new CommandLine(new SyntheticCheckpoint())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler((e, line, result) -> failure(e, line))
        .execute(args);
  }

  private static int failure(Exception e, CommandLine line) throws Exception {
    if (e instanceof IOException
        || e instanceof TorchException
        || e instanceof Sa2VAException
        || e instanceof IllegalArgumentException) {
      line.getErr().println(e instanceof IOException ? e.toString() : e.getMessage());
      return FAILURE;
    }
    throw e;
  }

  @Override
  public Integer call() throws IOException {
    requireUsable();
    ZooModel model =
        Zoo.named(name)
            .orElseThrow(() -> usage("no checkpoint is called " + name + "; known are " + names()));
    new RandomCheckpoint(dtype, shardBytes, seed, objects).write(model, tokenizer, folder);
    spec.commandLine()
        .getOut()
        .printf(Locale.ROOT, "%s: %.2f GB in %s%n", model.name(), model.bytes(dtype) / 1e9, folder);
    return 0;
  }

  private void requireUsable() throws IOException {
    if (dtype != DType.BFLOAT16 && dtype != DType.FLOAT32) {
      throw usage("--dtype is bfloat16 or float32, but was " + dtype);
    }
    if (shardBytes < 1) {
      throw usage("--shard-bytes must be at least 1, but was " + shardBytes);
    }
    if (objects < 0 || objects > FixedAnswer.MOST_OBJECTS) {
      throw usage(
          "--objects must be 0 to %d, but was %d".formatted(FixedAnswer.MOST_OBJECTS, objects));
    }
    if (!Files.isDirectory(tokenizer)) {
      throw usage("--tokenizer " + tokenizer + " is no folder");
    }
    if (Files.exists(folder) && (!Files.isDirectory(folder) || !isEmpty(folder))) {
      throw usage(folder + " is there already and is no empty folder");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static String names() {
    return Zoo.models().stream().map(ZooModel::name).collect(Collectors.joining(", "));
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
