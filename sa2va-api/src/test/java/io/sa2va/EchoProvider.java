package io.sa2va;

import io.sa2va.spi.Sa2VAProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A provider whose model repeats what it is asked: prompt, frame count and token limit. */
public final class EchoProvider implements Sa2VAProvider {
  /** For the service loader. */
  public EchoProvider() {}

  @Override
  public Sa2VA load(String nameOrFolder, LoadOptions options) {
    return new EchoModel(nameOrFolder, options.device());
  }

  @Override
  public Sa2VA loadBundled(LoadOptions options) {
    return new EchoModel("bundled", options.device());
  }

  @Override
  public void quantize(Path folder, Quantization quantization, Path target) {
    throw new UnsupportedOperationException("the echo has no weights");
  }

  @Override
  public Video openVideo(Path file) {
    Image frame = Image.ofRgb(1, 1, new byte[3]);
    return Video.ofImages(Collections.nCopies(file.toString().length(), frame));
  }

  @Override
  public ModelHub openHub(LoadOptions options) {
    throw new UnsupportedOperationException("the echo has no hub");
  }

  private record EchoModel(String name, Device device) implements Sa2VA {
    @Override
    public Sa2VA withAdapter(Path folder) {
      return new EchoModel(name + " with " + folder.getFileName(), device);
    }

    @Override
    public List<Segment> segment(Image image, List<ObjectPrompt> prompts) {
      return List.of();
    }

    @Override
    public Tracker track(Video video) {
      throw new UnsupportedOperationException("the echo tracks nothing");
    }

    @Override
    public void warmUp() {}

    @Override
    public Answer chat(ChatRequest request) {
      Video video = request.video();
      int frames = video != null ? video.frameCount() : request.image() != null ? 1 : 0;
      return Answer.builder()
          .text(request.prompt() + " " + frames)
          .tokens(List.of(request.generation().maxNewTokens()))
          .build();
    }

    @Override
    public Conversation converse(Image image) {
      return new EchoConversation(this, new ArrayList<>());
    }

    @Override
    public Conversation converse(Video video) {
      return new EchoConversation(this, new ArrayList<>());
    }

    @Override
    public Conversation converse() {
      return new EchoConversation(this, new ArrayList<>());
    }

    @Override
    public Sa2VA to(Device other, DType dtype) {
      return new EchoModel(name, other);
    }

    @Override
    public void unload() {}

    @Override
    public void reload() {}

    @Override
    public boolean isLoaded() {
      return true;
    }

    @Override
    public ModelInfo info() {
      return ModelInfo.builder()
          .name(name)
          .family("echo")
          .dtype(DType.FLOAT32)
          .device(device)
          .build();
    }

    @Override
    public void close() {}
  }

  private record EchoConversation(EchoModel model, List<Answer> answers) implements Conversation {
    @Override
    public Answer ask(ChatRequest request) {
      Answer answer = model.chat(request);
      answers.add(answer);
      return answer;
    }

    @Override
    public List<Answer> turns() {
      return List.copyOf(answers);
    }

    @Override
    public void close() {}
  }
}
