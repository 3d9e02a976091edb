/** Prompts as tokens: SAM's prompt encoder. */
package io.sa2va.core.sam2.prompt;
