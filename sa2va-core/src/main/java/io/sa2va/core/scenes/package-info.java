/**
 * A small procedural world: pictures and clips of coloured shapes with exact masks and with texts
 * that refer to them, seeded and of any size, to train and test small models on.
 *
 * <p>{@link io.sa2va.core.scenes.SceneGenerator} makes a scene from a seed and an index, the same
 * on every machine: only {@link java.lang.StrictMath}, IEEE arithmetic and integer random numbers
 * are used.
 */
package io.sa2va.core.scenes;
