package io.sa2va.torch;

import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.cuda.CUDAGuard;
import org.bytedeco.pytorch.cuda.CUDAStream;
import org.bytedeco.pytorch.cuda.DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair;
import org.bytedeco.pytorch.cuda.MemPool;
import org.bytedeco.pytorch.cuda.StreamFilter;
import org.bytedeco.pytorch.global.torch_cuda;
import org.jspecify.annotations.Nullable;

/**
 * Captures what is given to a stream of a GPU as a CUDA graph. What is allocated meanwhile comes
 * from a pool of the graph's own, since the graph will use the same addresses again and again.
 *
 * <p>The steps are those of {@code at::cuda::CUDAGraph}, which the presets do not have.
 */
final class CudaCapture implements Capture {
  /**
   * The allocator's pools and the mode of a thread are no place for two captures at a time, and
   * what another thread warms up on the stream of the captures would be recorded.
   */
  private static final Object ONE_AT_A_TIME = new Object();

  private final int device;

  CudaCapture(int device) {
    this.device = device;
  }

  /** On the stream of the capture: cuBLAS keeps a workspace for each stream. */
  @Override
  public void warmUp(Runnable work) {
    synchronized (ONE_AT_A_TIME) {
      try (TensorScope scope = TensorScope.open();
          CUDAGuard guard = new CUDAGuard((byte) device)) {
        CUDAStream current = CudaStreams.current(device);
        CudaStreams.order(current, stream());
        CudaStreams.on(stream(), device, work);
        CudaStreams.order(stream(), current);
      }
    }
  }

  @Override
  public Graph record(Runnable work) {
    synchronized (ONE_AT_A_TIME) {
      try (TensorScope scope = TensorScope.open();
          CUDAGuard guard = new CUDAGuard((byte) device)) {
        CudaStreams.current(device).synchronize();
        stream().synchronize();
        Pool pool = new Pool(device);
        try {
          return new CudaGraph(device, pool, recorded(work, pool));
        } catch (Throwable e) {
          cudart.cudaGetLastError(); // Else the next call, which is innocent, would report it.
          pool.release();
          throw e;
        }
      }
    }
  }

  private CUgraphExec_st recorded(Runnable work, Pool pool) {
    CUgraph_st graph = new CUgraph_st();
    try {
      pool.begin(stream());
      try {
        capture(work, graph);
      } finally {
        pool.end();
      }
      CUgraphExec_st executable = new CUgraphExec_st();
      require(cudart.cudaGraphInstantiate(executable, graph, 0));
      return executable;
    } finally {
      if (!graph.isNull()) { // Work that fails may still give one.
        cudart.cudaGraphDestroy(graph);
      }
    }
  }

  private void capture(Runnable work, CUgraph_st graph) {
    // Other threads may allocate and wait meanwhile.
    require(
        cudart.cudaStreamBeginCapture(stream().stream(), cudart.cudaStreamCaptureModeThreadLocal));
    int ended;
    try {
      CudaStreams.on(stream(), device, work);
    } finally {
      ended = cudart.cudaStreamEndCapture(stream().stream(), graph);
    }
    require(ended);
  }

  private CUDAStream stream() {
    return CudaStreams.ofCaptures(device);
  }

  private static void require(int status) {
    if (status != 0) {
      throw new TorchException("CUDA: " + cudart.cudaGetErrorString(status).getString());
    }
  }

  /** Nothing of its own: the stream stays for the next. */
  @Override
  public void close() {}

  /** The memory of one graph. */
  private static final class Pool {
    private static final CapturedStream FILTER = new CapturedStream();

    private final int device;

    /** The preset takes the pool's name, a pair of numbers, for another pair: only passed on. */
    private final DeviceAssertionsDataVectorCUDAKernelLaunchInfoVectorPair name;

    Pool(int device) {
      this.device = device;
      this.name = MemPool.graph_pool_handle(false);
      TensorScope.retain(name);
    }

    void begin(CUDAStream stream) {
      FILTER.captured = stream.stream().address();
      torch_cuda.beginAllocateToPool((byte) device, name, FILTER);
    }

    void end() {
      torch_cuda.endAllocateToPool((byte) device, name);
    }

    void release() {
      torch_cuda.getAllocator().releasePool((byte) device, name);
      TensorScope.release(name);
    }
  }

  /** Says which allocations go to the pool. One object for all: JavaCPP has room for ten. */
  private static final class CapturedStream extends StreamFilter {
    private volatile long captured;

    CapturedStream() {
      TensorScope.retain(this);
    }

    @Override
    public boolean call(@Nullable Pointer stream) {
      return stream != null && stream.address() == captured;
    }
  }

  private static final class CudaGraph implements Graph {
    private final int device;
    private final Pool pool;
    private final CUgraphExec_st executable;

    CudaGraph(int device, Pool pool, CUgraphExec_st executable) {
      this.device = device;
      this.pool = pool;
      this.executable = executable;
      TensorScope.retain(executable);
    }

    @Override
    public void launch() {
      try (TensorScope scope = TensorScope.open();
          CUDAGuard guard = new CUDAGuard((byte) device)) {
        require(cudart.cudaGraphLaunch(executable, CudaStreams.current(device).stream()));
      }
    }

    /** Once the last run is over. */
    @Override
    public void close() {
      try (TensorScope scope = TensorScope.open();
          CUDAGuard guard = new CUDAGuard((byte) device)) {
        try {
          CudaStreams.current(device).synchronize();
        } finally {
          destroy();
        }
      }
    }

    private void destroy() {
      try {
        require(cudart.cudaGraphExecDestroy(executable));
      } finally {
        try {
          pool.release();
        } finally {
          TensorScope.release(executable);
        }
      }
    }
  }
}
