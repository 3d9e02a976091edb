package io.sa2va.core.train.nano;

import io.sa2va.torch.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The stages in which Nano learns, as the real model did: each part by itself, then all together.
 *
 * <p>A folder holds the run: {@code blank/}, the model before training; {@code STAGE.safetensors},
 * what a stage has learned and how far it has come; {@code model/}, the result. Whatever is there
 * is gone on with.
 */
public final class NanoRecipe {
  private static final long SAVE_EVERY = 100;

  /** What SAM2 makes of its weights when it is built stays as it is. */
  private static final String SAM2 =
      "grounding_encoder\\.sam2_model\\.(?!.*(pe_layer|point_embed|not_a_point|pos_embed))";

  private static final String MEMORY = "(memory|maskmem|obj_ptr|no_obj|no_mem)";
  private static final String SIGHT = "vision_model\\..*|mlp1\\..*";
  private static final String FIRST_LAYER = "language_model\\.model\\.layers\\.0\\..*";

  /** What compares key frames stays as it is, and what it compares. */
  private static final String LANGUAGE =
      "(?!"
          + FIRST_LAYER
          + ")language_model\\..*|text_hidden_fcs\\..*"
          + "|heads\\.(descriptor|noun|relation|motion|action)\\..*";

  /** In an order in which each has what it needs. */
  private static final List<Stage> STAGES =
      List.of(
          new Stage(
              "sight",
              4600,
              16,
              1.5e-3,
              List.of(),
              Pattern.compile(SIGHT + "|heads\\.sight\\..*"),
              (nano, scenes) -> new SightObjective(nano.model().family(), nano.heads(), scenes)),
          new Stage(
              "masks",
              1500,
              16,
              1e-3,
              List.of(),
              Pattern.compile(SAM2 + "(?!.*" + MEMORY + ").*|heads\\.teacher\\..*"),
              (nano, scenes) -> new MaskObjective(nano.sam2(), nano.heads(), scenes)),
          new Stage(
              "memory",
              250,
              4,
              1e-3,
              List.of("masks"),
              Pattern.compile(SAM2 + ".*(" + MEMORY + "|mask_decoder).*"),
              (nano, scenes) -> new ClipObjective(nano.sam2(), nano.heads(), scenes)),
          new Stage(
              "alignment",
              400,
              16,
              2e-3,
              List.of("sight"),
              Pattern.compile("mlp1\\..*|heads\\.(sight|grid)\\..*"),
              (nano, scenes) ->
                  new AlignmentObjective(nano.model().family(), nano.heads(), scenes)),
          new Stage(
              "nouns",
              3000,
              4,
              1e-3,
              List.of("sight", "alignment"),
              Pattern.compile(
                  "(?!"
                      + FIRST_LAYER
                      + ")language_model\\.(?!lm_head).*|mlp1\\..*|heads\\.noun\\..*"),
              (nano, scenes) -> new NounObjective(nano.model().family(), nano.heads(), scenes)),
          new Stage(
              "motion",
              1900,
              8,
              1e-3,
              List.of("sight", "alignment", "nouns"),
              Pattern.compile(FIRST_LAYER + "|heads\\.motion\\..*"),
              (nano, scenes) -> new MotionObjective(nano.model().family(), nano.heads(), scenes)),
          new Stage(
              "words",
              8000,
              4,
              1e-3,
              List.of("sight", "alignment", "masks", "nouns", "motion"),
              Pattern.compile(LANGUAGE),
              (nano, scenes) ->
                  new LanguageObjective(nano.model(), nano.heads(), new Conversations(scenes))),
          new Stage(
              "grounding",
              1700,
              4,
              5e-4,
              List.of("sight", "alignment", "masks", "memory", "nouns", "motion", "words"),
              Pattern.compile(LANGUAGE + "|" + SAM2 + ".*(" + MEMORY + "|mask_decoder).*"),
              (nano, scenes) -> new GroundingObjective(nano.model(), nano.heads(), scenes)));

  private final Path folder;
  private final long seed;
  private final double part;
  private final int threads;

  /**
   * @param folder of the run
   * @param seed of the first weights and of the scenes
   * @param part of the recipe's steps to make, above 0, at most 1
   * @param threads that learn; with one of them, the same weights come out each time
   */
  public NanoRecipe(Path folder, long seed, double part, int threads) {
    this.folder = folder;
    this.seed = seed;
    this.part = part;
    this.threads = threads;
  }

  /** The names of all stages, in order. */
  public static List<String> stages() {
    return STAGES.stream().map(Stage::name).toList();
  }

  /**
   * Goes on with a stage until it is done.
   *
   * @param name of {@link #stages()}
   * @param listener told the step and the mean losses of each
   * @throws IOException if the folder cannot be read or written
   * @throws InterruptedException if the thread is interrupted; the stage is then as last saved
   */
  public void run(String name, BiConsumer<Long, Map<String, Double>> listener)
      throws IOException, InterruptedException {
    Stage stage = stage(name).shortened(part);
    try (NanoModel nano = start(stage)) {
      learn(stage.objective().apply(nano, new NanoScenes(seed)), stage, nano, listener);
    }
  }

  /** The model as a stage begins with it, to be closed by the caller. */
  NanoModel start(String name) throws IOException {
    return start(stage(name));
  }

  private NanoModel start(Stage stage) throws IOException {
    Path blank = folder.resolve("blank");
    if (!Files.exists(blank.resolve("config.json"))) {
      NanoModel.create(blank, seed);
    }
    Path start = folder.resolve(stage.name() + "-start");
    List<Path> learned = stage.needs().stream().map(this::file).toList();
    NanoFolder.assemble(blank, learned, start, DType.FLOAT32);
    NanoFolder.assembleWeights(
        NanoModel.headsIn(blank), learned, NanoModel.headsIn(start), DType.FLOAT32);
    return NanoModel.open(start, stage.learns().asMatchPredicate());
  }

  private <I> void learn(
      Objective<I> objective,
      Stage stage,
      NanoModel nano,
      BiConsumer<Long, Map<String, Double>> listener)
      throws InterruptedException {
    Path file = file(stage.name());
    try (StageRun<I> run = new StageRun<>(objective, stage, nano.parameters(), threads)) {
      if (Files.exists(file)) {
        StageState.resume(run, nano.parameters(), file);
      }
      while (run.step() < stage.steps()) {
        listener.accept(run.step() + 1, run.learn());
        if (run.step() % SAVE_EVERY == 0 || run.step() == stage.steps()) {
          StageState.save(run, nano.parameters(), file);
        }
      }
    }
  }

  /**
   * Writes what all stages so far have learned as a model.
   *
   * @return its folder
   * @throws IOException if it cannot be written
   */
  public Path export() throws IOException {
    Path model = folder.resolve("model");
    List<Path> learned =
        STAGES.stream().map(stage -> file(stage.name())).filter(Files::exists).toList();
    NanoFolder.assemble(folder.resolve("blank"), learned, model, DType.BFLOAT16);
    return model;
  }

  private Path file(String stage) {
    return folder.resolve(stage + ".safetensors");
  }

  private static Stage stage(String name) {
    return STAGES.stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no stage is called " + name + ": " + stages()));
  }
}
