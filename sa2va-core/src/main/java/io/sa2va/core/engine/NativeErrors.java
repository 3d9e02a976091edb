package io.sa2va.core.engine;

import io.sa2va.core.prepare.PrepareException;
import io.sa2va.core.text.TokenizerException;
import io.sa2va.error.DeviceException;
import io.sa2va.error.InsufficientMemoryException;
import io.sa2va.error.InvalidRequestException;
import io.sa2va.error.ModelConfigException;
import io.sa2va.error.ModelWeightsException;
import io.sa2va.torch.TorchException;
import io.sa2va.torch.weights.WeightException;
import java.util.Locale;
import java.util.function.Supplier;

/** Turns the errors of the inner parts into those that callers know. */
public final class NativeErrors {
  private NativeErrors() {}

  /** Does something, and throws its errors as callers know them. */
  public static <T> T translate(Supplier<T> work) {
    try {
      return work.get();
    } catch (WeightException e) {
      throw new ModelWeightsException(e.getMessage(), e);
    } catch (TokenizerException e) {
      throw new ModelConfigException(e.getMessage(), e);
    } catch (PrepareException e) {
      throw new InvalidRequestException(e.getMessage(), e);
    } catch (TorchException e) {
      throw new DeviceException(e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new InsufficientMemoryException("the Java heap is too small: raise -Xmx", e);
    } catch (RuntimeException e) {
      throw isFromLibtorch(e) ? ofLibtorch(e) : e;
    }
  }

  /** libtorch's errors arrive as plain RuntimeExceptions, thrown by native methods. */
  private static boolean isFromLibtorch(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    return e.getClass() == RuntimeException.class && trace.length > 0 && trace[0].isNativeMethod();
  }

  /** The first line says what happened; a C++ stack trace follows. */
  private static RuntimeException ofLibtorch(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    String firstLine = message.lines().findFirst().orElse("libtorch failed");
    return message.toLowerCase(Locale.ROOT).contains("memory")
        ? new InsufficientMemoryException("not enough memory: " + firstLine, e)
        : new DeviceException("libtorch failed: " + firstLine, e);
  }
}
