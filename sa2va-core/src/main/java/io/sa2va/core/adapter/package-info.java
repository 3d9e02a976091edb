/** What a training leaves besides a whole model: adapters and the weights that it changed. */
@org.jspecify.annotations.NullMarked
package io.sa2va.core.adapter;
