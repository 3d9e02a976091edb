/**
 * SAM2, the model that segments: pictures and videos in, masks of prompted objects out (Ravi et
 * al., "SAM 2: Segment Anything in Images and Videos", 2024), with the language prompts of Sa2VA.
 *
 * <p>{@link io.sa2va.core.sam2.Sam2} is the way in. The packages below hold one part each, in the
 * order a picture meets them: {@code hiera}, {@code neck}, {@code prompt}, {@code decoder}, {@code
 * memory}, {@code track}.
 */
package io.sa2va.core.sam2;
