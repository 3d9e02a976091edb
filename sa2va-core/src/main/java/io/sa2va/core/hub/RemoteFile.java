package io.sa2va.core.hub;

/**
 * A file of a model as the hub describes it.
 *
 * @param name relative to the repository's root
 * @param checksum of its content; names its blob
 * @param size in bytes
 */
record RemoteFile(String name, Checksum checksum, long size) {}
