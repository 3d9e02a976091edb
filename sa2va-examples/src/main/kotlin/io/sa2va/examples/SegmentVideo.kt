package io.sa2va.examples

import io.sa2va.Answer
import io.sa2va.Sa2VA
import io.sa2va.Video
import java.nio.file.Path

/** Follows what a prompt names through a video, given as a folder of frames. */
fun segmentVideo(frames: Path, folder: Path, prompt: String): Answer =
    // readme:kotlin
    Sa2VA.loadBundled().use { sa2va ->
      val answer = sa2va.chat(Video.ofFolder(frames), prompt)
      println(answer.text())
      for (segment in answer.segments()) {
        segment.masks().forEachIndexed { frame, mask ->
          mask.writePng(folder.resolve("${segment.index()}_$frame.png"))
        }
      }
      answer
    }
    // end
