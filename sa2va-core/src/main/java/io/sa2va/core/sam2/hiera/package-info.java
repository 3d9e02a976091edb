/** SAM2's image trunk: a hierarchical vision transformer with windowed attention (Hiera). */
package io.sa2va.core.sam2.hiera;
