package io.sa2va.core.hub;

/**
 * A file of a cached model that is not what the hub published.
 *
 * @param commit the snapshot it belongs to
 * @param file its name in the model's repository
 * @param problem what is wrong with it
 */
public record BrokenFile(String commit, String file, String problem) {}
