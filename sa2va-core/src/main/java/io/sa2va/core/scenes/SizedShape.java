package io.sa2va.core.scenes;

/** A shape of a picture and its size as texts name it. */
record SizedShape(SceneShape shape, SizeClass size) {}
