/** Tokenizers, models, generation, masks and video propagation behind the public API. */
@org.jspecify.annotations.NullMarked
module io.sa2va.core {
  requires com.fasterxml.jackson.databind;
  requires com.google.common;
  requires io.sa2va.api;
  requires io.sa2va.torch;
  requires java.net.http;
  requires static org.jspecify;

  exports io.sa2va.core.data;
  exports io.sa2va.core.evaluate;
  exports io.sa2va.core.scenes;

  provides io.sa2va.spi.EvaluationProvider with
      io.sa2va.core.run.EvaluationService;
  provides io.sa2va.spi.Sa2VAProvider with
      io.sa2va.core.engine.Provider;
  provides io.sa2va.spi.TrainingProvider with
      io.sa2va.core.run.TrainingService;
}
