/** SAM's mask decoder: a two-way transformer between prompt tokens and picture features. */
package io.sa2va.core.sam2.decoder;
