package io.sa2va.core.family.qwenvl;

import io.sa2va.torch.weights.Weights;

/**
 * Where a checkpoint keeps the parts of a Qwen-VL model, which the version of transformers that
 * saved it decides.
 *
 * @param visual the vision tower
 * @param trunk token table, layers and final norm of the language model
 * @param head its head
 */
record WeightLayout(Weights visual, Weights trunk, Weights head) {
  static WeightLayout of(Weights root) {
    Weights model = root.at("model");
    Weights inner = model.at("model");
    Weights head = model.at("lm_head");
    return inner.has("embed_tokens.weight")
        ? new WeightLayout(model.at("visual"), inner, head)
        : new WeightLayout(inner.at("visual"), inner.at("language_model"), head);
  }
}
