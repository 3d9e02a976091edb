/** SAM2's image encoder above the trunk: the feature pyramid and its sine positions. */
package io.sa2va.core.sam2.neck;
