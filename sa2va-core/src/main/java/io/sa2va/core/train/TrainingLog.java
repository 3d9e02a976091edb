package io.sa2va.core.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.TrainingLoss;
import io.sa2va.TrainingStep;
import io.sa2va.TrainingValidation;
import io.sa2va.error.Sa2VAException;
import io.sa2va.files.AtomicMove;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file with one JSON object a line: {@code {"step", "loss", "text", "mask", "dice",
 * "learning_rate", "gradient_norm", "samples_per_second"}} for a step, {@code {"step",
 * "validation": {"loss", "text", "mask", "dice"}}} for a validation, {@code {"step", "skipped"}}
 * for a record that was replaced. Numbers that are not finite are null.
 */
final class TrainingLog implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final List<String> kept = new ArrayList<>();
  private final LossHistory history = new LossHistory();
  private Optional<Writer> writer = Optional.empty();

  TrainingLog(Path file) {
    this.file = file;
  }

  /**
   * Keeps the lines of the file up to a step, for {@link #open}.
   *
   * @throws Sa2VAException if a whole line is not one of a log
   */
  void resume(long lastStep) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      String text = Files.readString(file);
      // What follows the last line break was being written when the run ended.
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        keepUntil(lastStep, lines.get(i), i + 1);
      }
    } catch (IOException e) {
      throw cannot("read", e);
    }
  }

  private void keepUntil(long lastStep, String line, int number) {
    JsonNode entry = parse(line, number);
    long step = entry.get("step").longValue();
    if (step > lastStep) {
      return;
    }
    kept.add(line);
    if (entry.has("validation")) {
      history.add(new TrainingValidation(step, loss(entry.get("validation"))));
    } else if (entry.has("loss")) {
      history.add(step, loss(entry));
    }
  }

  private JsonNode parse(String line, int number) {
    try {
      JsonNode entry = JSON.readTree(line);
      if (entry.path("step").isIntegralNumber()) {
        return entry;
      }
      throw noEntry(number);
    } catch (JsonProcessingException e) {
      throw noEntry(number);
    }
  }

  private Sa2VAException noEntry(int number) {
    return new Sa2VAException(
        file + ", line " + number + ": no entry of a training's log; remove or repair the file");
  }

  private static TrainingLoss loss(JsonNode entry) {
    return new TrainingLoss(number(entry, "text"), number(entry, "mask"), number(entry, "dice"));
  }

  private static double number(JsonNode entry, String name) {
    return entry.path(name).asDouble(Double.NaN);
  }

  /**
   * Begins to write, after the lines that were kept.
   *
   * @throws Sa2VAException if the file cannot be written
   */
  void open() {
    Path partial = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(partial, kept);
      AtomicMove.replace(partial, file);
      writer = Optional.of(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw cannot("write", e);
    }
  }

  void step(TrainingStep step) {
    history.add(step.step(), step.loss());
    ObjectNode entry = JSON.createObjectNode().put("step", step.step());
    putLoss(entry, step.loss());
    put(entry, "learning_rate", step.learningRate());
    put(entry, "gradient_norm", step.gradientNorm());
    put(entry, "samples_per_second", step.samplesPerSecond());
    write(entry);
  }

  void validation(TrainingValidation validation) {
    history.add(validation);
    ObjectNode entry = JSON.createObjectNode().put("step", validation.step());
    putLoss(entry.putObject("validation"), validation.loss());
    write(entry);
  }

  void skipped(long step, String reason) {
    write(JSON.createObjectNode().put("step", step).put("skipped", reason));
  }

  private static void putLoss(ObjectNode entry, TrainingLoss loss) {
    put(entry, "loss", loss.total());
    put(entry, "text", loss.text());
    put(entry, "mask", loss.mask());
    put(entry, "dice", loss.dice());
  }

  private static void put(ObjectNode entry, String name, double value) {
    if (Double.isFinite(value)) {
      entry.put(name, value);
    } else {
      entry.putNull(name);
    }
  }

  private void write(ObjectNode entry) {
    try {
      Writer out = writer.orElseThrow();
      out.write(JSON.writeValueAsString(entry) + "\n");
      out.flush();
    } catch (IOException e) {
      throw cannot("write", e);
    }
  }

  /** All losses, those of lines that were kept included. */
  LossHistory history() {
    return history;
  }

  private Sa2VAException cannot(String what, IOException e) {
    return new Sa2VAException("cannot " + what + " the training's log " + file + ": " + e, e);
  }

  @Override
  public void close() {
    if (writer.isPresent()) {
      try {
        writer.get().close();
      } catch (IOException e) {
        throw cannot("write", e);
      }
    }
  }
}
