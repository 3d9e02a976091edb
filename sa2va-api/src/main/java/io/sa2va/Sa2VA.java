package io.sa2va;

import io.sa2va.error.ModelNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A loaded model that answers questions about pictures and videos, with text and with masks.
 *
 * <pre>{@code
 * try (Sa2VA sa2va = Sa2VA.load("ByteDance/Sa2VA-4B")) {
 *   Answer answer = sa2va.chat(Image.read(photo), "Please segment the girl in the yellow dress.");
 *   System.out.println(answer.text());
 *   answer.segments().get(0).mask().writePng(out);
 * }
 * }</pre>
 *
 * <p>Thread-safe: load a model once and share it between threads. Closing it while another thread
 * waits for an answer lets that answer finish first; calls after that throw {@link
 * IllegalStateException}.
 *
 * <p>Models loaded from the same files, onto the same device and in the same number format, share
 * their weights: a second one costs next to nothing, and each is closed for itself. Files that were
 * replaced in between are loaded anew.
 */
public interface Sa2VA extends AutoCloseable {
  /**
   * Loads a model with the usual options.
   *
   * @param nameOrFolder a folder on this machine if there is one of that name, else a hub name such
   *     as {@code ByteDance/Sa2VA-4B}, fetched once and kept
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  static Sa2VA load(String nameOrFolder) {
    return load(nameOrFolder, LoadOptions.defaults());
  }

  /**
   * Loads a model.
   *
   * @param nameOrFolder a folder on this machine if there is one of that name, else a hub name
   * @param options how to load it
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  static Sa2VA load(String nameOrFolder, LoadOptions options) {
    if (nameOrFolder.isBlank()) {
      throw new ModelNotFoundException(
          "The model's name is empty. Give a folder or a hub name such as ByteDance/Sa2VA-4B.");
    }
    return Providers.find().load(nameOrFolder, options);
  }

  /**
   * Loads a model.
   *
   * @param nameOrFolder a folder on this machine if there is one of that name, else a hub name
   * @param options sets what differs from the usual options
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  static Sa2VA load(String nameOrFolder, Consumer<LoadOptions.Builder> options) {
    return load(nameOrFolder, LoadOptions.of(options));
  }

  /**
   * Loads a model from a folder with the usual options.
   *
   * @param folder holds {@code config.json}, the tokenizer's files and the weights
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  static Sa2VA load(Path folder) {
    return load(folder, LoadOptions.defaults());
  }

  /**
   * Loads a model from a folder.
   *
   * @param folder holds {@code config.json}, the tokenizer's files and the weights
   * @param options how to load it
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  static Sa2VA load(Path folder, LoadOptions options) {
    if (!Files.isDirectory(folder)) {
      throw new ModelNotFoundException(
          "There is no model folder "
              + folder.toAbsolutePath()
              + ". Check the path; to fetch a model from the hub, give its name as a String.");
    }
    return load(folder.toAbsolutePath().toString(), options);
  }

  /**
   * Loads a model from a folder.
   *
   * @param folder holds {@code config.json}, the tokenizer's files and the weights
   * @param options sets what differs from the usual options
   * @return the model, to be closed by the caller
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   */
  static Sa2VA load(Path folder, Consumer<LoadOptions.Builder> options) {
    return load(folder, LoadOptions.of(options));
  }

  /**
   * Loads the small model that comes with the library: it needs no download and is meant for first
   * steps and tests, not for quality.
   *
   * @return the model, to be closed by the caller
   */
  static Sa2VA loadBundled() {
    return loadBundled(LoadOptions.defaults());
  }

  /**
   * Loads the small model that comes with the library.
   *
   * @param options how to load it
   * @return the model, to be closed by the caller
   */
  static Sa2VA loadBundled(LoadOptions options) {
    return Providers.find().loadBundled(options);
  }

  /**
   * Loads the small model that comes with the library.
   *
   * @param options sets what differs from the usual options
   * @return the model, to be closed by the caller
   */
  static Sa2VA loadBundled(Consumer<LoadOptions.Builder> options) {
    return loadBundled(LoadOptions.of(options));
  }

  /**
   * Writes a checkpoint with fewer bits for the weights of its language model. It takes less room,
   * loads faster than an original that is rounded while it loads, and answers like that one.
   *
   * @param folder of the original checkpoint
   * @param quantization other than {@link Quantization#NONE}
   * @param target an empty folder, or one that is not there yet; it appears when all is written
   * @throws io.sa2va.error.InvalidRequestException if the target is not empty
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when it cannot be read or written
   */
  static void quantize(Path folder, Quantization quantization, Path target) {
    Providers.find().quantize(folder, quantization, target);
  }

  /**
   * Answers a request. The request's video, if any, stays open.
   *
   * @param request the question and all that goes with it
   * @return the answer
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  Answer chat(ChatRequest request);

  /**
   * Answers a request built on the spot.
   *
   * @param request fills in the request
   * @return the answer
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  default Answer chat(Consumer<ChatRequest.Builder> request) {
    return chat(ChatRequest.of(request));
  }

  /**
   * Answers a question about a picture.
   *
   * @param image the picture
   * @param prompt the question or instruction
   * @return the answer
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  default Answer chat(Image image, String prompt) {
    return chat(ChatRequest.builder().image(image).prompt(prompt).build());
  }

  /**
   * Answers a question about a video. The video stays open.
   *
   * @param video the video
   * @param prompt the question or instruction
   * @return the answer
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  default Answer chat(Video video, String prompt) {
    return chat(ChatRequest.builder().video(video).prompt(prompt).build());
  }

  /**
   * Answers a question without picture.
   *
   * @param prompt the question or instruction
   * @return the answer, without segments
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  default Answer chat(String prompt) {
    return chat(ChatRequest.builder().prompt(prompt).build());
  }

  /**
   * Segments what prompts show, without any language.
   *
   * @param image the picture
   * @param prompts one for each object
   * @return one segment for each prompt, in their order
   * @throws io.sa2va.error.InvalidRequestException if a prompt is not inside the picture
   */
  List<Segment> segment(Image image, List<ObjectPrompt> prompts);

  /**
   * Segments what a prompt shows, without any language.
   *
   * @param image the picture
   * @param prompt shows the object
   * @return the segment
   * @throws io.sa2va.error.InvalidRequestException if the prompt is not inside the picture
   */
  default Segment segment(Image image, ObjectPrompt prompt) {
    return segment(image, List.of(prompt)).get(0);
  }

  /**
   * Starts to follow objects through a video, without any language.
   *
   * @param video stays open while it is tracked; closed by the caller
   * @return the tracker, to be closed by the caller
   */
  Tracker track(Video video);

  /**
   * Follows objects through a whole video, to both ends, without any language.
   *
   * @param video the video
   * @param prompts show each object on at least one frame
   * @return one segment for each object, in the order they were shown
   * @throws io.sa2va.error.InvalidRequestException if a prompt is not inside the video
   */
  default List<Segment> track(Video video, List<TrackPrompt> prompts) {
    try (Tracker tracker = track(video)) {
      prompts.forEach(tracker::prompt);
      tracker.track(Tracker.Direction.BOTH);
      return tracker.segments();
    }
  }

  /**
   * Starts a conversation about a picture.
   *
   * @param image the picture
   * @return the conversation, to be closed by the caller
   */
  Conversation converse(Image image);

  /**
   * Starts a conversation about a video. The video must stay open as long as the conversation.
   *
   * @param video the video
   * @return the conversation, to be closed by the caller
   */
  Conversation converse(Video video);

  /**
   * Starts a conversation without picture.
   *
   * @return the conversation, to be closed by the caller
   */
  Conversation converse();

  /**
   * The same model on another device, in the same number format. This one stays as it is; {@link
   * #unload()} it before, where there is no room for both.
   *
   * @param device where the model shall run
   * @return the model, to be closed by the caller besides this one
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   *     there
   */
  default Sa2VA to(Device device) {
    return to(device, info().dtype());
  }

  /**
   * The same model on another device or in another number format. This one stays as it is; {@link
   * #unload()} it before, where there is no room for both.
   *
   * @param device where the model shall run
   * @param dtype the number format that it shall compute in
   * @return the model, to be closed by the caller besides this one
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded
   *     there
   */
  Sa2VA to(Device device, DType dtype);

  /**
   * Frees the weights, unless another model shares them, until they are needed again: the next
   * request loads them, or {@link #reload()}. Lets running requests finish first. Conversations and
   * trackers that began before cannot go on. Does nothing if the weights are not in memory.
   *
   * @throws IllegalStateException if the model was closed, or a request that it is answering calls
   *     this
   */
  void unload();

  /**
   * Loads the weights from the files as they are now. Does nothing if they are in memory and the
   * files are still the same. When the files have changed, running requests finish first, and
   * conversations and trackers that began before cannot go on.
   *
   * @throws IllegalStateException if the model was closed, or a request that it is answering calls
   *     this
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when the model cannot be loaded; it
   *     then stays unloaded
   */
  void reload();

  /**
   * Tells whether the weights are in memory.
   *
   * @return false after {@link #unload()} or {@link #close()}
   */
  boolean isLoaded();

  /**
   * Loads this model once more, changed by what a training wrote beside its whole model. Both are
   * independent: each is closed by itself, and this one's answers stay as they are.
   *
   * @param folder holds {@code adapter_config.json} and {@code adapter_model.safetensors}
   * @return the changed model, to be closed by the caller
   * @throws io.sa2va.error.ModelConfigException if the folder holds no adapter, or its description
   *     is not sound
   * @throws io.sa2va.error.ModelWeightsException if the adapter is damaged or does not fit this
   *     model
   */
  Sa2VA withAdapter(Path folder);

  /**
   * Answers a tiny request about a tiny picture, and forgets it, so that the first real request
   * does not wait for what is loaded and prepared at first use. Call it, perhaps on a thread of its
   * own, while the program starts. The second call does nothing.
   *
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when there is no answer
   */
  void warmUp();

  /**
   * Says which model this is and where it runs.
   *
   * @return the model's facts
   */
  ModelInfo info();

  /**
   * Frees the model's memory, but for weights that other models share. Closing twice does nothing.
   */
  @Override
  void close();
}
