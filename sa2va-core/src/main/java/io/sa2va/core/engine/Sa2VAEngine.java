package io.sa2va.core.engine;

import io.sa2va.Answer;
import io.sa2va.Cancellation;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.DType;
import io.sa2va.Device;
import io.sa2va.Image;
import io.sa2va.ModelInfo;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.Tracker;
import io.sa2va.Video;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loaded model: answers requests of any number of threads; each request has its own state. */
final class Sa2VAEngine implements Sa2VA {
  private final ModelLoader loader;
  private final ModelHold hold;
  private final WarmUp warmUp = new WarmUp();

  /**
   * Loads a model.
   *
   * @param cancellation ends the loading
   */
  Sa2VAEngine(ModelLoader loader, Cancellation cancellation) {
    this.loader = loader;
    this.hold = new ModelHold(loader, cancellation);
  }

  @Override
  public Answer chat(ChatRequest request) {
    return hold.use(
        model -> {
          try (Dialogue dialogue = new Dialogue(model, subject(request))) {
            return dialogue.ask(request);
          }
        });
  }

  @Override
  public List<Segment> segment(Image image, List<ObjectPrompt> prompts) {
    return hold.use(
        model ->
            new PromptSegmenter(model.sam2())
                .segment(new Subject.Picture(image).pixels(), prompts));
  }

  @Override
  public Tracker track(Video video) {
    return hold.use(model -> new EngineTracker(hold, model, new Subject.Clip(video)));
  }

  @Override
  public Conversation converse(Image image) {
    return conversation(new Subject.Picture(image));
  }

  @Override
  public Conversation converse(Video video) {
    return conversation(new Subject.Clip(video));
  }

  @Override
  public Conversation converse() {
    return conversation(new Subject.Nothing());
  }

  private Conversation conversation(Subject subject) {
    return hold.use(model -> new EngineConversation(hold, model, subject));
  }

  private static Subject subject(ChatRequest request) {
    @Nullable Image image = request.image();
    @Nullable Video video = request.video();
    if (image != null) {
      return new Subject.Picture(image);
    }
    return video != null ? new Subject.Clip(video) : new Subject.Nothing();
  }

  @Override
  public Sa2VA withAdapter(Path folder) {
    hold.requireOpen();
    return new Sa2VAEngine(loader.withAdapter(folder), new Cancellation());
  }

  @Override
  public void warmUp() {
    hold.requireOpen();
    warmUp.run(this);
  }

  @Override
  public ModelInfo info() {
    return hold.info();
  }

  @Override
  public Sa2VA to(Device device, DType dtype) {
    hold.requireOpen();
    return new Sa2VAEngine(loader.onto(device, dtype), new Cancellation());
  }

  @Override
  public void unload() {
    hold.unload();
  }

  @Override
  public void reload() {
    hold.reload();
  }

  @Override
  public boolean isLoaded() {
    return hold.isLoaded();
  }

  @Override
  public void close() {
    hold.close();
  }
}
