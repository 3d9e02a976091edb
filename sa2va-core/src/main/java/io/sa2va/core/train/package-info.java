/**
 * Training: the losses of Sa2VA on the model's own parts, adapters, the optimizer, and what is kept
 * between runs. Source: section 3.3 of the Sa2VA paper and the reference's projects/sa2va/models.
 */
package io.sa2va.core.train;
