/**
 * The InternVL family's eyes: tiles through the vision tower and the projector to the vectors that
 * replace the picture's tokens in the language model's input.
 */
package io.sa2va.core.encode;
