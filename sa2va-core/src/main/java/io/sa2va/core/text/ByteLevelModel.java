package io.sa2va.core.text;

import com.google.common.primitives.ImmutableIntArray;

/**
 * What the files of a byte-level tokenizer say about the merging.
 *
 * @param byteIds the ids of the 256 bytes
 * @param merges which pairs merge
 * @param composes whether text is brought to Unicode's composed form (NFC) first
 */
record ByteLevelModel(ImmutableIntArray byteIds, MergeTable merges, boolean composes) {

  int idOfByte(int b) {
    return byteIds.get(b);
  }
}
