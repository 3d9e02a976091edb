package io.sa2va;

import io.sa2va.error.InvalidRequestException;

/**
 * Shows an object on one frame of a video.
 *
 * @param object the caller's number for it; the same number on several frames is the same object
 * @param frame from 0
 * @param prompt what shows it there
 */
public record TrackPrompt(int object, int frame, ObjectPrompt prompt) {
  /**
   * Checks the numbers.
   *
   * @param object the caller's number for it, from 0
   * @param frame from 0
   * @param prompt what shows it there
   * @throws InvalidRequestException if a number is negative
   */
  public TrackPrompt {
    if (object < 0 || frame < 0) {
      throw new InvalidRequestException(
          "object and frame must be from 0, but were " + object + " and " + frame);
    }
  }
}
