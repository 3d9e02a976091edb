package io.sa2va.core.scenes;

/**
 * Words that refer to shapes, such as "the red circle", and the shapes.
 *
 * @param text with its article
 * @param target the shapes
 */
record Phrase(String text, Target target) {}
