package io.sa2va.core.engine;

import com.google.common.primitives.Ints;
import io.sa2va.Image;
import io.sa2va.Mask;
import io.sa2va.Video;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.family.internvl.InternVlFamily;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.core.testing.InternVlModel;
import io.sa2va.core.text.TokenizerReader;
import io.sa2va.torch.DType;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a fixture's language model writes when it reads the whole conversation anew for every single
 * token, without any cache.
 */
final class WholePrompt implements AutoCloseable {
  private static final int MOST_TOKENS = 60;

  private final InternVlModel model;
  private final Family family;

  WholePrompt(String fixture) {
    this.model = new InternVlModel(fixture, DType.FLOAT32);
    this.family =
        new InternVlFamily(
            "InternVL",
            TokenizerReader.read(model.golden().checkpoint()),
            ChatTemplate.named("qwen_chat"),
            model.encoder(),
            model.llm());
  }

  Dialogue about(Image image, List<Mask> regions) {
    return new Dialogue(family -> Optional.of(family.encodePicture(pixels(image), regions)));
  }

  Dialogue about(Video video, List<Integer> keyFrames) {
    List<RgbPixels> frames = keyFrames.stream().map(i -> pixels(video.frame(i))).toList();
    return new Dialogue(family -> Optional.of(family.encodeKeyFrames(frames)));
  }

  Dialogue aboutNothing() {
    return new Dialogue(family -> Optional.empty());
  }

  private static RgbPixels pixels(Image image) {
    return RgbPixels.of(image.width(), image.height(), image.rgb());
  }

  @Override
  public void close() {
    model.close();
  }

  /** A conversation as one growing list of tokens. */
  final class Dialogue {
    private final Function<Family, Optional<VisionPrompt>> look;
    private int[] ids = {};

    private Dialogue(Function<Family, Optional<VisionPrompt>> look) {
      this.look = look;
    }

    /** Adds a prompt and the greedy reply to it, which it returns. */
    List<Integer> ask(String prompt) {
      try (Inference inference = Inference.begin();
          TensorScope scope = TensorScope.open()) {
        Optional<VisionPrompt> vision = look.apply(family);
        addPrompt(prompt, vision);
        List<Integer> reply = new ArrayList<>();
        do {
          reply.add(next(Ints.concat(ids, Ints.toArray(reply)), vision));
        } while (reply.get(reply.size() - 1) != endToken() && reply.size() < MOST_TOKENS);
        addReply(reply);
        return reply;
      }
    }

    /** Adds a prompt and a reply to it. */
    void add(String prompt, List<Integer> reply) {
      try (Inference inference = Inference.begin();
          TensorScope scope = TensorScope.open()) {
        addPrompt(prompt, look.apply(family));
        addReply(reply);
      }
    }

    private void addPrompt(String prompt, Optional<VisionPrompt> vision) {
      String seen = vision.map(VisionPrompt::text).orElse("");
      String words = prompt.replace("<image>", "").strip();
      String instruction = "<|im_start|>user\n%s<|im_end|>\n<|im_start|>assistant\n";
      ids =
          ids.length == 0
              ? family.tokenizer().encode(instruction.formatted(seen + words))
              : Ints.concat(
                  ids, family.tokenizer().encodeContinuation("\n" + instruction.formatted(words)));
    }

    private void addReply(List<Integer> reply) {
      ids = Ints.concat(ids, Ints.toArray(reply));
      if (reply.get(reply.size() - 1) != endToken()) {
        ids = Ints.concat(ids, new int[] {endToken()});
      }
    }

    private int endToken() {
      return family.tokenizer().idOf("<|im_end|>").orElseThrow();
    }

    private int next(int[] prompt, Optional<VisionPrompt> vision) {
      try (TensorScope scope = TensorScope.open();
          KvCache cache = model.llm().newCache(prompt.length)) {
        Tensor hidden = model.llm().forward(family.splice(prompt, vision), cache); // (1, T, D)
        Tensor last = hidden.select(1, prompt.length - 1); // (1, D)
        return Math.toIntExact(model.llm().logits(last).argmax(-1).itemLong());
      }
    }
  }
}
