/**
 * Measures how good a model is: the metrics of the field, one class each, and evaluations that ask
 * a model and score its answers.
 */
package io.sa2va.core.evaluate;
