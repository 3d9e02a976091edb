package io.sa2va.core.generate;

import io.sa2va.core.llm.CausalLm;
import io.sa2va.core.llm.DecodeStep;
import io.sa2va.core.llm.KvCache;
import io.sa2va.torch.Readback;
import io.sa2va.torch.Tensor;
import io.sa2va.torch.TensorScope;

/**
 * By a {@link DecodeStep}, which a GPU repeats without help: the one thing that comes back for each
 * token is its id, or its scores where the device does not choose.
 */
final class InPlaceDecoding {
  private InPlaceDecoding() {}

  static Decoding begin(
      CausalLm languageModel, KvCache cache, Tensor promptHidden, Sampler sampler) {
    DecodeStep step = languageModel.openStep(cache);
    try (TensorScope scope = TensorScope.open()) {
      step.begin(promptHidden.narrow(1, promptHidden.size(1) - 1, 1));
      return sampler.isGreedy() ? new Greedy(step) : new Sampled(step, sampler);
    } catch (Throwable e) { // A GPU library that is missing included.
      step.close();
      throw e;
    }
  }

  /**
   * The device takes its own choice as the next input. It is given the next step before the id of
   * the token is waited for; where the reply ends with that token, the step is not counted.
   */
  private static final class Greedy implements Decoding {
    private final DecodeStep step;
    private final Readback readback;
    private boolean ahead;

    Greedy(DecodeStep step) {
      this.step = step;
      this.readback = new Readback(step.token().device());
    }

    @Override
    public int next() {
      readback.begin(step.token());
      ahead = step.hasRoom();
      if (ahead) {
        step.run();
      }
      return Math.toIntExact(readback.await());
    }

    @Override
    public Tensor read(int token) {
      if (!ahead) {
        step.run();
      }
      step.accept();
      return step.hidden();
    }

    @Override
    public void close() {
      try (step) {
        readback.close();
      }
    }
  }

  private static final class Sampled implements Decoding {
    private final DecodeStep step;
    private final Sampler sampler;

    Sampled(DecodeStep step, Sampler sampler) {
      this.step = step;
      this.sampler = sampler;
    }

    @Override
    public int next() {
      try (TensorScope scope = TensorScope.open()) {
        return sampler.next(step.logits());
      }
    }

    @Override
    public Tensor read(int token) {
      step.setToken(token);
      step.run();
      step.accept();
      return step.hidden();
    }

    @Override
    public void close() {
      step.close();
    }
  }
}
