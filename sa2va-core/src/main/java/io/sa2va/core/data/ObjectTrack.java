package io.sa2va.core.data;

import io.sa2va.Mask;
import java.util.List;

/**
 * An object of a video, in words and masks.
 *
 * @param question asks for its mask
 * @param masks one for each chosen frame
 */
record ObjectTrack(String question, List<Mask> masks) {}
