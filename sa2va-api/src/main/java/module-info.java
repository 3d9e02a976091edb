import org.jspecify.annotations.NullMarked;

/**
 * Chat about pictures and videos and get text and pixel-exact masks.
 *
 * <p>Compile against this module; put {@code sa2va-core}, which does the work, on the runtime path.
 * Start at {@link io.sa2va.Sa2VA}.
 */
@NullMarked
module io.sa2va.api {
  requires transitive java.desktop;
  requires static org.jspecify;

  exports io.sa2va;
  exports io.sa2va.error;
  exports io.sa2va.spi;

  uses io.sa2va.spi.EvaluationProvider;
  uses io.sa2va.spi.Sa2VAProvider;
  uses io.sa2va.spi.TrainingProvider;
}
