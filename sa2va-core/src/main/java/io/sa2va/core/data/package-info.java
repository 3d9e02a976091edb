/**
 * Data sets on disk to learn from and to measure with: readers of the published formats, each a
 * {@link io.sa2va.core.train.Dataset}. Files are read record by record, so that large ones need not
 * fit in memory.
 */
package io.sa2va.core.data;
