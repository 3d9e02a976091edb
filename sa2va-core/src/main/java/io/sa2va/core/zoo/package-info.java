/** The published checkpoints: their configurations, and what follows from them without weights. */
package io.sa2va.core.zoo;
