package io.sa2va.torch;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** The native runtime: loads libtorch once, and sets what belongs to the whole process. */
public final class Torch {
  static {
    PointerLimits.lift();
    try {
      Loader.load(torch.class);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      throw new TorchException(
          "libtorch does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + "; add the org.bytedeco:pytorch, openblas and javacpp jars with this platform's"
              + " classifier (linux-x86_64, macosx-arm64 or windows-x86_64): "
              + e.getMessage(),
          e);
    }
    limitThreads();
  }

  private Torch() {}

  /**
   * Loads the native libraries. Called by every class that needs them; calling it again is free.
   */
  public static void initialize() {}

  /**
   * libtorch counts the machine's processors, Java those that this process may use: in a container
   * with a share of a big machine the rest would only wait for each other.
   */
  private static void limitThreads() {
    int usable = Runtime.getRuntime().availableProcessors();
    if (usable < torch.get_num_threads()) {
      torch.set_num_threads(usable);
    }
  }

  /**
   * Threads that one operation may use: unless set, libtorch's choice ({@code OMP_NUM_THREADS}, or
   * one a processor), but no more than the processors that this process may use.
   */
  public static int threads() {
    return torch.get_num_threads();
  }

  /**
   * Sets how many threads one operation may use, for the whole process.
   *
   * @param threads at least 1
   */
  public static void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    torch.set_num_threads(threads);
  }

  /** How many CUDA devices this process can use; 0 without a GPU or without the GPU libraries. */
  public static int cudaDevices() {
    return torch.cuda_is_available() ? torch.cuda_device_count() : 0;
  }

  /**
   * Bytes of a CUDA device's memory that nobody has taken. What libtorch has kept of tensors that
   * were freed goes back to the devices first, as it can be taken again.
   */
  public static long cudaFreeBytes(int index) {
    try (TensorScope scope = TensorScope.open()) {
      torch.emptyCache();
      return torch_cuda.getAllocator().getMemoryInfo((byte) index).first();
    }
  }

  /**
   * Whether this processor multiplies bfloat16 matrices in hardware (AVX512-BF16 or AMX on x86-64,
   * BF16 on 64-bit Arm).
   */
  public static boolean cpuHasBfloat16() {
    return CpuFeatures.hasBfloat16();
  }
}
