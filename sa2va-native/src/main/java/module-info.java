/**
 * Tensors, layers and weights on libtorch, and video files through FFmpeg: the only module that
 * knows the native libraries.
 */
@org.jspecify.annotations.NullMarked
module io.sa2va.torch {
  requires com.fasterxml.jackson.core;
  requires org.bytedeco.ffmpeg;
  requires org.bytedeco.javacpp;
  requires org.bytedeco.pytorch;
  requires static org.bytedeco.cuda;
  requires static org.jspecify;

  exports io.sa2va.ffmpeg;
  exports io.sa2va.files;
  exports io.sa2va.torch;
  exports io.sa2va.torch.nn;
  exports io.sa2va.torch.quant;
  exports io.sa2va.torch.weights;
}
