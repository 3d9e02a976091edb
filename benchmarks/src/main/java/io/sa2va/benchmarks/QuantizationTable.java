package io.sa2va.benchmarks;

import io.sa2va.Quantization;
import io.sa2va.core.family.Family;
import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.KvCache;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Kept;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints what each quantization does to a model's language model: time, memory and scores. All are
 * loaded at once and take turns, so that the ratios hold on a machine that does other things, too.
 */
@Command(
    name = "quantization-table",
    description = "Compares the quantizations of a model's weights.",
    mixinStandardHelpOptions = true,
    version = "sa2va 0.1.0")
public final class QuantizationTable implements Callable<Integer> {
  private static final String TEXT = "Please segment the girl who holds 2 apples. ";

  @Option(
      names = "--model",
      defaultValue = "bundled",
      paramLabel = "FOLDER",
      description = "A checkpoint folder (default: the bundled model).")
  private String model = "";

  @Option(
      names = "--dtype",
      defaultValue = "bfloat16",
      paramLabel = "bfloat16|float32",
      description = "What the model computes in (default: bfloat16).")
  private String dtype = "";

  @Option(names = "--tokens", defaultValue = "512", description = "Of the prompt (default: 512).")
  private int tokens;

  @Option(names = "--rounds", defaultValue = "15", description = "Turns of each (default: 15).")
  private int rounds;

  @Option(names = "--steps", defaultValue = "8", description = "Tokens in one turn (default: 8).")
  private int steps;

  private QuantizationTable() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new QuantizationTable()).execute(args));
  }

  @Override
  public Integer call() {
    List<Contender> contenders = Arrays.stream(Quantization.values()).map(this::open).toList();
    try {
      for (int round = 0; round < rounds; round++) {
        contenders.forEach(contender -> contender.decode(steps));
        if (round % 5 == 0) {
          contenders.forEach(Contender::prefill);
        }
      }
      print(contenders);
      return 0;
    } finally {
      contenders.forEach(Contender::close);
    }
  }

  private Contender open(Quantization quantization) {
    BenchmarkModel which = new BenchmarkModel();
    which.model = model;
    which.device = "cpu";
    which.dtype = dtype;
    which.quantization = quantization.toString();
    return new Contender(quantization, which.open(), tokens);
  }

  private static void print(List<Contender> contenders) {
    Contender original = contenders.get(0);
    System.out.println(
        "| weights | MB | prefill, times faster | token, times faster | ms a token | error of the scores | same best token |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    for (Contender each : contenders) {
      System.out.printf(
          "| %s | %.0f | %.2f | %.2f | %.2f | %.4f | %.1f %% |%n",
          each.quantization,
          each.opened.store().bytes() / 1e6,
          median(original.prefills) / median(each.prefills),
          median(original.decodes) / median(each.decodes),
          median(each.decodes) / 1e6,
          each.errorAgainst(original),
          100 * each.agreementWith(original));
    }
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2);
  }

  /** One way of keeping the weights. */
  private static final class Contender implements AutoCloseable {
    private final Quantization quantization;
    private final BenchmarkModel.Opened opened;
    private final CausalLm languageModel;
    private final int[] prompt;
    private final KvCache cache;
    private final Kept scores; // (T, V)
    private final List<Long> prefills = new ArrayList<>();
    private final List<Long> decodes = new ArrayList<>();

    Contender(Quantization quantization, BenchmarkModel.Opened opened, int tokens) {
      this.quantization = quantization;
      this.opened = opened;
      this.languageModel = opened.family().languageModel();
      int[] words = opened.family().tokenizer().encodeContinuation(TEXT);
      this.prompt = new int[tokens];
      Arrays.setAll(prompt, i -> words[i % words.length]);
      this.cache = languageModel.newCache(tokens + 1);
      try (Inference inference = Inference.begin();
          TensorScope scope = TensorScope.open()) {
        scores = Kept.of(languageModel.logits(read(prompt, cache)).select(0, 0).to(DType.FLOAT32));
      }
    }

    void prefill() {
      try (KvCache fresh = languageModel.newCache(prompt.length)) {
        long start = System.nanoTime();
        Timed.run(() -> read(prompt, fresh).select(1, prompt.length - 1));
        prefills.add(System.nanoTime() - start);
      }
    }

    void decode(int steps) {
      for (int i = 0; i < steps; i++) {
        long start = System.nanoTime();
        Timed.run(() -> languageModel.logits(read(new int[] {prompt[0]}, cache)).argmax(-1));
        decodes.add(System.nanoTime() - start);
        cache.truncate(prompt.length);
      }
    }

    private Tensor read(int[] ids, KvCache into) {
      Family family = opened.family();
      return languageModel.forward(family.splice(ids, Optional.empty()), into); // (1, T, D)
    }

    /** Relative to how much the original's scores differ among themselves. */
    double errorAgainst(Contender original) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor mine = scores.tensor();
        Tensor theirs = original.scores.tensor();
        return norm(mine.sub(theirs)) / norm(theirs.sub(theirs.mean(true, 1)));
      }
    }

    /** At how many places of the prompt the best next token is the same. */
    double agreementWith(Contender original) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor other = original.scores.tensor().argmax(1).sub(scores.tensor().argmax(1)); // (T)
        return other.eq(0).to(DType.FLOAT32).mean(false).item();
      }
    }

    private static double norm(Tensor x) {
      return Math.sqrt(x.mul(x).sum().item());
    }

    @Override
    public void close() {
      scores.close();
      cache.close();
      opened.close();
    }
  }
}
