package io.sa2va.core.train;

import io.sa2va.core.adapter.TrainedModules;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What of a model is trained; the rest stays as it is.
 *
 * @param weights which weights are trained themselves, by the checkpoint's names
 * @param lora which linear maps get adapters, if any
 * @param seed of the adapters' first values
 */
public record TrainingPlan(Predicate<String> weights, Optional<LoraConfig> lora, long seed) {
  /** What no loss depends on: each frame is decoded by itself, from a language prompt alone. */
  private static final Predicate<String> UNREACHED =
      Pattern.compile(
              "^grounding_encoder\\.sam2_model\\.(memory_attention\\.|memory_encoder\\.|maskmem_tpos_enc"
                  + "|no_mem_pos_enc|no_obj_ptr|obj_ptr_|mask_downsample\\."
                  + "|sam_prompt_encoder\\.mask_downscaling\\.)")
          .asPredicate();

  /**
   * What the reference trains: adapters in the language model's layers; projector, token table,
   * head, {@code text_hidden_fcs} and mask decoder in full. Where the token table is the head, too,
   * it stays so.
   */
  public static TrainingPlan reference(LoraConfig lora, long seed) {
    return new TrainingPlan(TrainingPlan::isOfReference, Optional.of(lora), seed);
  }

  /** Everything but SAM2's memory and mask prompts, which training does not use; no adapters. */
  public static TrainingPlan everything(long seed) {
    return new TrainingPlan(UNREACHED.negate(), Optional.empty(), seed);
  }

  /** Projector, token table, head, {@code text_hidden_fcs}, and the mask decoder. */
  private static boolean isOfReference(String weight) {
    return TrainedModules.of(weight).isPresent() || TokenTables.isOne(weight);
  }
}
