package io.sa2va;

/**
 * How far the download of one model file has come.
 *
 * @param file the file's name in the model's repository
 * @param bytesDone bytes that are here, with those of an earlier, resumed attempt
 * @param bytesTotal the file's size, or -1 when the hub does not say
 */
public record DownloadProgress(String file, long bytesDone, long bytesTotal) {}
