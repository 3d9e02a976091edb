/** The bridge from the language model's {@code [SEG]} tokens to the mask decoder's prompts. */
package io.sa2va.core.project;
