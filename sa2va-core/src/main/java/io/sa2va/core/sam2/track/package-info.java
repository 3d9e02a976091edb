/** One step of SAM2 on a frame: read the memory, predict masks, write the memory. */
package io.sa2va.core.sam2.track;
