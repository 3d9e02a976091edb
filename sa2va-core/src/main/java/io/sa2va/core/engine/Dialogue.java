package io.sa2va.core.engine;

import com.google.common.primitives.Ints;
import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.FinishReason;
import io.sa2va.KeyFrames;
import io.sa2va.Mask;
import io.sa2va.Segment;
import io.sa2va.core.family.ChatTemplate;
import io.sa2va.core.family.Family;
import io.sa2va.core.family.VisionPrompt;
import io.sa2va.core.finish.ReadableText;
import io.sa2va.core.generate.Reply;
import io.sa2va.core.generate.StopRules;
import io.sa2va.core.generate.TokenLoop;
import io.sa2va.core.llm.KvCache;
import io.sa2va.core.prepare.RgbPixels;
import io.sa2va.error.CancelledException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.PromptTooLongException;
import io.sa2va.torch.Inference;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;
import io.sa2va.torch.Tensors;
import java.util.List;
import java.util.Optional;

/**
 * The state of one conversation, and the way of the data through one turn of it. For one thread at
 * a time.
 *
 * <p>The picture's tokens stay in the language model's cache, so a follow-up turn reads only what
 * is new. A turn that fails leaves the conversation as it was before.
 */
final class Dialogue implements AutoCloseable {
  private static final int FIRST_CAPACITY = 512;

  private final LoadedModel model;
  private final Family family;
  private final Subject subject;
  private final KvCache cache;
  private final Segmenter segmenter;

  /** Generated tokens that the cache has not seen: at most the last of the previous reply. */
  private List<Integer> unread = List.of();

  private boolean suffixGenerated;
  private boolean started;

  Dialogue(LoadedModel model, Subject subject) {
    this.model = model;
    this.family = model.family();
    this.subject = subject;
    this.cache = family.languageModel().newCache(FIRST_CAPACITY);
    this.segmenter = new Segmenter(model.sam2());
  }

  Answer ask(ChatRequest request) {
    requireUsable(request);
    long before = cache.length();
    boolean answered = false;
    try (Inference inference = Inference.begin();
        TensorScope turn = TensorScope.open()) {
      Answer answer = answer(request);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        cache.truncate(before);
      }
    }
  }

  private Answer answer(ChatRequest request) {
    List<Integer> keyFrames = keyFrames(request.keyFrames());
    Tensor prompt = read(request, keyFrames); // (1, T, D)
    long prompted = cache.length();
    StringBuilder raw = new StringBuilder();
    ReadableText readable =
        new ReadableText(family.marks(), request.generation().stopWords(), request.onText());
    Reply reply =
        new TokenLoop(family.languageModel(), family.tokenizer(), model.segToken())
            .run(
                prompt,
                cache,
                request.generation(),
                stopRules(request),
                request.cancellation(),
                piece -> {
                  raw.append(piece);
                  readable.append(piece);
                });
    String text = readable.finish();
    List<Segment> segments = segment(request, reply, raw.toString(), keyFrames);
    remember(reply, raw.toString(), cache.length() - prompted);
    return finish(reply, raw.toString(), text, segments, request);
  }

  // ---- prepare, encode, splice, prefill

  /** Runs the language model over what this turn adds to the conversation. */
  private Tensor read(ChatRequest request, List<Integer> keyFrames) {
    Optional<VisionPrompt> vision = started ? Optional.empty() : look(request, keyFrames);
    int[] ids = Ints.concat(Ints.toArray(unread), encode(request.prompt(), vision));
    requireFits(ids.length);
    return family.languageModel().forward(family.splice(ids, vision), cache); // (1, T, D)
  }

  private Optional<VisionPrompt> look(ChatRequest request, List<Integer> keyFrames) {
    if (subject instanceof Subject.Picture picture) {
      RgbPixels pixels = picture.pixels();
      List<Mask> regions = new PromptSegmenter(model.sam2()).masks(pixels, request.regions());
      return Optional.of(family.encodePicture(pixels, regions));
    }
    if (subject instanceof Subject.Clip clip) {
      List<RgbPixels> frames = keyFrames.stream().map(clip::frame).toList();
      return Optional.of(family.encodeKeyFrames(frames));
    }
    return Optional.empty();
  }

  private int[] encode(String prompt, Optional<VisionPrompt> vision) {
    ChatTemplate template = family.template();
    String text =
        vision
            .map(picture -> family.place(prompt, picture.text()))
            .orElseGet(() -> prompt.replace("<image>", ""));
    return started
        ? family.tokenizer().encodeContinuation(template.nextTurn(suffixGenerated, text))
        : family.tokenizer().encode(template.firstTurn(text));
  }

  private void requireUsable(ChatRequest request) {
    if (request.cancellation().isCancelled()) {
      throw new CancelledException("the request was cancelled before it began");
    }
    if (!request.regions().isEmpty() && (started || !(subject instanceof Subject.Picture))) {
      throw new InvalidRequestException(
          "region masks go with a picture, in the first turn about it");
    }
  }

  private void requireFits(int newTokens) {
    int limit = family.languageModel().contextLength();
    if (cache.length() + newTokens >= limit) {
      throw new PromptTooLongException(
          "the conversation with this prompt has "
              + (cache.length() + newTokens)
              + " tokens, pictures included, but the model takes at most "
              + (limit - 1)
              + "; shorten the prompt or start a new conversation");
    }
  }

  // ---- generate

  private StopRules stopRules(ChatRequest request) {
    return new StopRules(
        family.tokenizer().eosId(),
        family.template().stopWords(),
        request.generation().stopWords());
  }

  /** What the next turn must know of this one, of whose tokens the cache has the first ones. */
  private void remember(Reply reply, String raw, long inCache) {
    started = true;
    suffixGenerated = raw.stripTrailing().endsWith(family.template().suffix());
    unread = reply.tokens().subList((int) inCache, reply.tokens().size());
  }

  // ---- collect, project, decode, propagate, finish

  private List<Segment> segment(
      ChatRequest request, Reply reply, String raw, List<Integer> keyFrames) {
    if (reply.segHidden().isEmpty() || request.cancellation().isCancelled()) {
      return List.of();
    }
    Tensor prompts = model.projector().forward(Tensors.cat(0, reply.segHidden())); // (N, d)
    if (subject instanceof Subject.Picture picture) {
      return segmenter.segment(picture, prompts, raw, request);
    }
    return subject instanceof Subject.Clip clip
        ? segmenter.segment(clip, prompts, raw, keyFrames, request)
        : List.of();
  }

  private List<Integer> keyFrames(KeyFrames choice) {
    return subject instanceof Subject.Clip clip
        ? KeyFrameChoice.frames(choice, model.keyFrames(), clip.video().frameCount())
        : List.of(0);
  }

  private Answer finish(
      Reply reply, String raw, String readable, List<Segment> segments, ChatRequest request) {
    boolean cancelled = request.cancellation().isCancelled();
    Answer.Builder answer =
        Answer.builder()
            .text(readable)
            .rawText(raw.strip())
            .tokens(reply.tokens())
            .segments(segments)
            .finishReason(cancelled ? FinishReason.CANCELLED : reply.finishReason());
    if (subject instanceof Subject.Picture picture) {
      answer.size(picture.image().width(), picture.image().height()).frameCount(1);
    } else if (subject instanceof Subject.Clip clip) {
      answer
          .size(clip.video().width(), clip.video().height())
          .frameCount(clip.video().frameCount());
    }
    return answer.build();
  }

  @Override
  public void close() {
    cache.close();
    segmenter.close();
  }
}
