/** SAM2 without language: objects shown by points, boxes and masks, corrected and followed. */
package io.sa2va.core.sam2.predict;
