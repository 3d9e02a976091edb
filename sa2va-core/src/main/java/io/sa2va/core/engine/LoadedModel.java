package io.sa2va.core.engine;

import io.sa2va.KeyFrames;
import io.sa2va.ModelInfo;
import io.sa2va.core.family.Family;
import io.sa2va.core.project.SegProjector;
import io.sa2va.core.sam2.Sam2;

/**
 * The parts of a loaded checkpoint. Immutable and shared by threads.
 *
 * @param family vision tower, language model, tokenizer
 * @param projector from the hidden state of {@code [SEG]} to a prompt for SAM2
 * @param sam2 decodes and propagates masks
 * @param segToken the id of {@code [SEG]}
 * @param keyFrames the frames of a video that the language model looks at, unless the caller says
 * @param info what callers may know of it
 */
record LoadedModel(
    Family family,
    SegProjector projector,
    Sam2 sam2,
    int segToken,
    KeyFrames keyFrames,
    ModelInfo info) {}
