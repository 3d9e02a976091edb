package io.sa2va;

/**
 * Size of the adapters that a language model is trained by (Hu et al., "LoRA", 2021).
 *
 * @param rank inner width, 1 to 65536
 * @param alpha an adapter's result is multiplied by alpha / rank; above 0
 * @param dropout the chance of each input of an adapter to be left out in training, 0 to 0.99
 */
public record LoraOptions(int rank, double alpha, double dropout) {
  /**
   * Checks the numbers.
   *
   * @throws io.sa2va.error.InvalidRequestException if one is out of range
   */
  public LoraOptions {
    Checks.between("rank", 1, 65536, rank);
    Checks.aboveUpTo("alpha", 0, 1e6, alpha);
    Checks.between("dropout", 0, 0.99, dropout);
  }

  /**
   * The reference's.
   *
   * @return rank 128, alpha 256, dropout 0.05
   */
  public static LoraOptions reference() {
    return new LoraOptions(128, 256, 0.05);
  }
}
