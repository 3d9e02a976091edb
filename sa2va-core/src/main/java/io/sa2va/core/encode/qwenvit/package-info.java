/**
 * The Qwen-VL families' eyes: pictures of any size, as patches, through a vision transformer and
 * its merger to the vectors that replace the picture's tokens in the language model's input.
 */
package io.sa2va.core.encode.qwenvit;
