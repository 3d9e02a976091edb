package io.sa2va.core.train;

/**
 * A question and the answer to learn.
 *
 * @param question may say with {@code <image>} where the picture stands
 * @param answer without the template's suffix; one {@code [SEG]} for each object that has a mask
 */
public record Turn(String question, String answer) {}
