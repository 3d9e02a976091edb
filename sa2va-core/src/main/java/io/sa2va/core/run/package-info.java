/** Whole runs of training, from a model's name to what is written in the end. */
@org.jspecify.annotations.NullMarked
package io.sa2va.core.run;
