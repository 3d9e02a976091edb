package io.sa2va.core.engine;

import io.sa2va.Answer;
import io.sa2va.ChatRequest;
import io.sa2va.Conversation;
import io.sa2va.Image;
import io.sa2va.ModelInfo;
import io.sa2va.ObjectPrompt;
import io.sa2va.Sa2VA;
import io.sa2va.Segment;
import io.sa2va.Tracker;
import io.sa2va.Video;
import io.sa2va.torch.weights.WeightStore;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A loaded model: answers requests of any number of threads; each request has its own state. */
final class Sa2VAEngine implements Sa2VA {
  private final LoadedModel model;
  private final WeightStore weights;
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean open = true;

  /**
   * Takes the parts of a model, and their weights.
   *
   * @param weights of the model's parts; closed with this engine
   */
  Sa2VAEngine(LoadedModel model, WeightStore weights) {
    this.model = model;
    this.weights = weights;
  }

  @Override
  public Answer chat(ChatRequest request) {
    return whileOpen(
        () -> {
          try (Dialogue dialogue = new Dialogue(model, subject(request))) {
            return dialogue.ask(request);
          }
        });
  }

  @Override
  public List<Segment> segment(Image image, List<ObjectPrompt> prompts) {
    return whileOpen(
        () ->
            new PromptSegmenter(model.sam2())
                .segment(new Subject.Picture(image).pixels(), prompts));
  }

  @Override
  public Tracker track(Video video) {
    return whileOpen(() -> new EngineTracker(this, model.sam2(), new Subject.Clip(video)));
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
    return whileOpen(() -> new EngineConversation(this, new Dialogue(model, subject)));
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
  public ModelInfo info() {
    return model.info();
  }

  /** Runs something that needs the weights; closing waits for it. */
  <T> T whileOpen(Supplier<T> work) {
    lifetime.readLock().lock();
    try {
      if (!open) {
        throw new IllegalStateException("the model " + model.info().name() + " was closed");
      }
      return NativeErrors.translate(work);
    } finally {
      lifetime.readLock().unlock();
      FreedMemory.giveBackSoon();
    }
  }

  /** Frees the weights, once the requests that are running have ended. */
  @Override
  public void close() {
    if (lifetime.getReadHoldCount() > 0) {
      throw new IllegalStateException(
          "the model "
              + model.info().name()
              + " cannot be closed by a request that it is answering; close it afterwards");
    }
    lifetime.writeLock().lock();
    try {
      if (open) {
        open = false;
        weights.close();
      }
    } finally {
      lifetime.writeLock().unlock();
    }
    FreedMemory.giveBackSoon();
  }
}
