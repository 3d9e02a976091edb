/** Video files, read and written through FFmpeg. */
package io.sa2va.ffmpeg;
