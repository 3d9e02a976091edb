/**
 * What users of Sa2VA meet: {@link io.sa2va.Sa2VA} the model, pictures and videos in, answers and
 * masks out.
 */
package io.sa2va;
