/// Elementwise functions and their gradients.
extension Tensor {
  /// Returns e to the power of each element.
  public func exp() -> Tensor { mapped(.exp) { gradient, _, y in gradient * y } }

  /// Returns the natural logarithm of each element.
  public func log() -> Tensor {
    mapped(.log) { gradient, x, _ in gradient / x.replacingZeros(where: gradient) }
  }

  /// Returns the hyperbolic tangent of each element.
  public func tanh() -> Tensor {
    mapped(.tanh) { gradient, _, y in
      y.selfDifferentiated(.tanh, gradient) { gradient * (1 - y * y) }
    }
  }

  /// Returns the logistic function 1 / (1 + exp(−x)) of each element.
  public func sigmoid() -> Tensor {
    mapped(.sigmoid) { gradient, _, y in
      y.selfDifferentiated(.sigmoid, gradient) { gradient * y * (1 - y) }
    }
  }

  /// Returns the rectifier max(x, 0) of each element. Its gradient at 0 is 0.
  public func relu() -> Tensor {
    mapped(.relu) { gradient, _, y in
      y.selfDifferentiated(.relu, gradient) { gradient * (y .> 0) }
    }
  }

  /// Returns the smooth rectifier log(1 + exp(x)) of each element.
  public func softplus() -> Tensor {
    mapped(.softplus) { gradient, x, _ in gradient * x.sigmoid() }
  }

  /// Returns the absolute value of each element. Its gradient at 0 is 0.
  public func abs() -> Tensor { mapped(.abs) { gradient, x, _ in gradient * x.sign() } }

  /// Returns the sign of each element, −1, 0, or 1. Its gradient is 0.
  public func sign() -> Tensor { mapped(.sign) { gradient, _, _ in .zeros(gradient.shape) } }

  /// Returns the largest integer that is not greater than each element. Its gradient is 0.
  public func floor() -> Tensor { mapped(.floor) { gradient, _, _ in .zeros(gradient.shape) } }

  /// Returns the square of each element.
  public func squared() -> Tensor { mapped(.square) { gradient, x, _ in gradient * x * 2 } }

  /// Returns one divided by each element.
  public func reciprocal() -> Tensor {
    mapped(.reciprocal) { gradient, x, y in
      let y = x.hasZero ? x.replacingZeros(where: gradient).reciprocal() : y
      return -(gradient * y * y)
    }
  }

  /// Returns the sine of each element.
  public func sin() -> Tensor { mapped(.sin) { gradient, x, _ in gradient * x.cos() } }

  /// Returns the cosine of each element.
  public func cos() -> Tensor { mapped(.cos) { gradient, x, _ in -(gradient * x.sin()) } }

  /// Returns the result of a unary kernel, recorded with its derivative.
  ///
  /// - Parameter derivative: A closure that takes the gradient of the result, the operand, and the
  ///   result, and returns the gradient of the operand.
  @specialized(where Scalar == Float)
  func mapped(
    _ function: _UnaryFunction,
    derivative: @escaping @Sendable (_ gradient: Tensor, _ x: Tensor, _ y: Tensor) -> Tensor
  ) -> Tensor {
    let result = applying(function)
    guard isTracked else { return result }
    return result.recorded(from: [source]) { [x = detached] received, pass in
      pass.add(
        derivative(received.first!, pass.operand(x, 0), pass.result(result)), toInput: 0)
    }
  }

  /// Returns the result of a unary kernel, without recording.
  @specialized(where Scalar == Float)
  func applying(_ function: _UnaryFunction) -> Tensor {
    Tensor(shape) { target in
      read { x in
        let (x, target) = (SendablePointer(x), SendablePointer(target))
        parallelChunks(elementCount) { start, count in
          Scalar._Kernels.unary(function, x.pointer + start, target.pointer + start, count)
        }
      }
    }
  }

  /// Returns the gradient of an operand, where this tensor is the function's result.
  ///
  /// - Parameter definition: A closure that returns the same gradient with other operations, which
  ///   an outer gradient can differentiate.
  @specialized(where Scalar == Float)
  private func selfDifferentiated(
    _ function: _SelfDifferentiatingFunction, _ gradient: Tensor, definition: () -> Tensor
  ) -> Tensor {
    if isTracked || gradient.isTracked { return definition() }
    return Tensor(shape) { target in
      read { y in
        gradient.read { dy in
          let (y, dy, dx) = (SendablePointer(y), SendablePointer(dy), SendablePointer(target))
          parallelChunks(elementCount) { start, count in
            Scalar._Kernels.unaryBackward(
              function, y: y.pointer + start, dy: dy.pointer + start, dx: dx.pointer + start, count)
          }
        }
      }
    }
  }
}
