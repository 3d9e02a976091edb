/**
 * Picture preparation: from 8-bit RGB to what the vision towers read. Plain arrays in and out, no
 * tensors; every value equals the reference's (Pillow, torchvision, transformers) bit for bit.
 */
package io.sa2va.core.prepare;
