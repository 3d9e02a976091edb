package io.sa2va.core.text;

import java.util.OptionalInt;

/**
 * The ids that frame a sequence.
 *
 * @param first what {@link Tokenizer#encode} puts first
 * @param bos the id that begins a sequence
 * @param eos the id that ends one
 * @param pad the id that fills up a batch
 */
record SequenceIds(OptionalInt first, OptionalInt bos, OptionalInt eos, OptionalInt pad) {}
