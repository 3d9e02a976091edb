package io.sa2va.examples.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sa2va.Answer;
import io.sa2va.Box;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Overlay;
import io.sa2va.Segment;
import io.sa2va.error.Sa2VAException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers to a folder: every mask as a PNG, then {@code answer.json}, which is there only
 * when all of it is.
 */
final class AnswerWriter {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;
  private final @Nullable Media overlaid;

  /**
   * For one folder.
   *
   * @param overlaid whose frames to write with the masks drawn on them; null for no overlays
   */
  AnswerWriter(Path folder, @Nullable Media overlaid) {
    this.folder = folder;
    this.overlaid = overlaid;
  }

  /** Writes the last answer, with all of them as its turns when there are several. */
  void write(List<Answer> answers) {
    try {
      Files.createDirectories(folder);
      ArrayNode turns = JSON.createArrayNode();
      for (int turn = 0; turn < answers.size(); turn++) {
        turns.add(write(answers.get(turn), answers.size() == 1 ? "" : "turn" + turn + "_"));
      }
      ObjectNode last = ((ObjectNode) turns.get(turns.size() - 1)).deepCopy();
      if (answers.size() > 1) {
        last.set("turns", turns);
      }
      writeJson(last);
    } catch (IOException e) {
      throw new Sa2VAException("cannot write the answer to " + folder + ": " + e, e);
    }
  }

  private ObjectNode write(Answer answer, String prefix) {
    ObjectNode json = JSON.createObjectNode();
    json.put("text", answer.text());
    json.put("raw_text", answer.rawText());
    ArrayNode tokens = json.putArray("tokens");
    answer.tokens().forEach(tokens::add);
    json.put("width", answer.width());
    json.put("height", answer.height());
    json.put("frames", answer.frameCount());
    ArrayNode segments = json.putArray("segments");
    for (Segment segment : answer.segments()) {
      segments.add(write(segment, prefix));
    }
    if (overlaid != null) {
      writeOverlays(answer, prefix, overlaid);
    }
    return json;
  }

  private ObjectNode write(Segment segment, String prefix) {
    ObjectNode json = JSON.createObjectNode();
    json.put("index", segment.index());
    json.put("phrase", segment.phrase());
    json.put("score", segment.score());
    ArrayNode masks = json.putArray("masks");
    for (int frame = 0; frame < segment.masks().size(); frame++) {
      Mask mask = segment.mask(frame);
      String file = "%ssegment%d_frame%05d.png".formatted(prefix, segment.index(), frame);
      mask.writePng(folder.resolve(file));
      ObjectNode entry = masks.addObject();
      entry.put("frame", frame);
      entry.put("file", file);
      entry.put("area", mask.area());
      putBox(entry, mask.box());
    }
    return json;
  }

  private static void putBox(ObjectNode entry, @Nullable Box box) {
    if (box == null) {
      entry.putNull("bbox");
    } else {
      entry.putArray("bbox").add(box.x()).add(box.y()).add(box.width()).add(box.height());
    }
  }

  private void writeOverlays(Answer answer, String prefix, Media media) {
    for (int frame = 0; frame < answer.frameCount(); frame++) {
      Image drawn = Image.of(Overlay.standard().draw(media.frame(frame), answer, frame));
      drawn.writePng(folder.resolve("%soverlay_frame%05d.png".formatted(prefix, frame)));
    }
  }

  private void writeJson(ObjectNode answer) throws IOException {
    Path partial = Files.createTempFile(folder, "answer", ".json.part");
    try {
      Files.write(partial, JSON.writeValueAsBytes(answer));
      Files.move(partial, folder.resolve("answer.json"), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
