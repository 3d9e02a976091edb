package io.sa2va.core.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How hard a download works.
 *
 * @param files how many files are fetched at once
 * @param ranges how many ranges of one file are fetched at once
 * @param minRangeBytes smaller ranges are not worth a connection
 * @param space tells the free bytes of a folder's disk
 */
record DownloadTuning(int files, int ranges, long minRangeBytes, SpaceProbe space) {
  /** Asks for free disk space. */
  interface SpaceProbe {
    /** The bytes that may still be written to the disk of a folder. */
    long free(Path folder) throws IOException;
  }

  /** Up to 16 connections, which is what one fast line needs. */
  static DownloadTuning usual() {
    return new DownloadTuning(
        4, 4, 32L << 20, folder -> Files.getFileStore(folder).getUsableSpace());
  }
}
