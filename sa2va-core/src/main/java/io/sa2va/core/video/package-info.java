/** Videos as the public interface gives them. */
package io.sa2va.core.video;
