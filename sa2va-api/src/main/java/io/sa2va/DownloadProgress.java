package io.sa2va;

/**
 * How far the download of a model has come: one of its files, and all of them together.
 *
 * @param file the file's name in the model's repository
 * @param bytesDone bytes of the file that are here, with those of an earlier, resumed attempt
 * @param bytesTotal the file's size
 * @param allBytesDone bytes of all files of the model that are here
 * @param allBytesTotal the size of all files of the model
 */
public record DownloadProgress(
    String file, long bytesDone, long bytesTotal, long allBytesDone, long allBytesTotal) {}
