package io.sa2va.torch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;

/** An operator of libtorch for which the Java bindings have no method, found by its name. */
final class Operator {
  private static final Map<String, Operator> FOUND = new ConcurrentHashMap<>();

  private final OperatorHandle handle;

  private Operator(OperatorHandle handle) {
    this.handle = handle;
  }

  /**
   * Finds an operator, once for as long as the process lives.
   *
   * @param name with its namespace, such as {@code aten::add}
   */
  static Operator named(String name) {
    return FOUND.computeIfAbsent(name, Operator::find);
  }

  private static Operator find(String name) {
    try (TensorScope scope = TensorScope.open()) {
      OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(name, "");
      TensorScope.retain(handle);
      return new Operator(handle);
    }
  }

  /** Calls an operator whose result is a tensor. */
  Tensor tensor(IValue... arguments) {
    return Tensor.wrap(new org.bytedeco.pytorch.Tensor(call(arguments).toTensor()));
  }

  /** Calls an operator whose result is an object of its own, in the innermost scope. */
  IValue value(IValue... arguments) {
    return new IValue(call(arguments));
  }

  /** The result, which belongs to the stack that the operator left it on. */
  private IValue call(IValue... arguments) {
    IValueVector stack = new IValueVector(arguments);
    handle.callBoxed(stack);
    return stack.get(0);
  }
}
