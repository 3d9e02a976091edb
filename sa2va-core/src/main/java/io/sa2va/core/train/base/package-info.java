/**
 * What training starts from: a Sa2VA checkpoint, or a vision-language model and a SAM2 that become
 * one.
 */
@org.jspecify.annotations.NullMarked
package io.sa2va.core.train.base;
