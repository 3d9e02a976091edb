package io.sa2va;

import io.sa2va.spi.TrainingProvider;

/**
 * Teaches a model.
 *
 * <pre>{@code
 * TrainingRequest request =
 *     TrainingRequest.builder("ByteDance/Sa2VA-4B", "my_data", Path.of("run"))
 *         .options(TrainingOptions.of(o -> o.steps(500).loraRank(64).loraAlpha(128)))
 *         .build();
 * Training.run(request);
 * Sa2VA tuned = Sa2VA.load(Path.of("run/model"));
 * }</pre>
 *
 * <p>The folder of a run gets {@code log.jsonl} (a line for each step and validation), {@code
 * loss.png} (the curves), {@code checkpoint.safetensors} (for resuming), and at the end {@code
 * model/} (a whole model, as the published ones are) and {@code adapter/} (what was trained, for
 * {@link Sa2VA#withAdapter}).
 */
public final class Training {
  private Training() {}

  /**
   * Trains without anybody watching.
   *
   * @param request what is to be trained
   * @return how it ended
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when it cannot be trained
   */
  public static TrainingResult run(TrainingRequest request) {
    return run(request, TrainingListener.NONE, new Cancellation());
  }

  /**
   * Trains. For one run at a time in a process.
   *
   * @param request what is to be trained
   * @param listener is told how it goes
   * @param cancellation ends the run after the sample it is at; what was learned up to the last
   *     whole step is saved and can be resumed
   * @return how it ended
   * @throws io.sa2va.error.CancelledException if it was cancelled
   * @throws io.sa2va.error.Sa2VAException of the fitting kind, when it cannot be trained
   */
  public static TrainingResult run(
      TrainingRequest request, TrainingListener listener, Cancellation cancellation) {
    return Providers.find(TrainingProvider.class).train(request, listener, cancellation);
  }
}
