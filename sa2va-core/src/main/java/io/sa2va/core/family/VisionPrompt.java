package io.sa2va.core.family;

import io.sa2va.torch.Tensor;

/**
 * A picture or video as the language model gets it.
 *
 * @param text what stands for it in the prompt, image tokens included
 * @param features (image tokens, D): what replaces the embeddings of the image tokens, in order
 */
public record VisionPrompt(String text, Tensor features) {}
