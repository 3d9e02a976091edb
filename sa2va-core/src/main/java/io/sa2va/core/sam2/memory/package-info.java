/** What SAM2 remembers of frames, and how later frames read it. */
package io.sa2va.core.sam2.memory;
