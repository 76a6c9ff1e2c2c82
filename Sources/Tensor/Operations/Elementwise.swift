/// Elementwise functions, each with its gradient.
extension Tensor {
  /// e to the power of each element.
  public func exp() -> Tensor { mapped(.exp) { gradient, _, y in gradient * y } }

  /// The natural logarithm.
  public func log() -> Tensor {
    mapped(.log) { gradient, x, _ in gradient / x.replacingZeros(where: gradient) }
  }

  /// The hyperbolic tangent.
  public func tanh() -> Tensor {
    mapped(.tanh) { gradient, _, y in
      y.selfDifferentiated(.tanh, gradient) { gradient * (1 - y * y) }
    }
  }

  /// The logistic function 1 / (1 + exp(−x)).
  public func sigmoid() -> Tensor {
    mapped(.sigmoid) { gradient, _, y in
      y.selfDifferentiated(.sigmoid, gradient) { gradient * y * (1 - y) }
    }
  }

  /// The rectifier max(x, 0); its gradient at 0 is 0.
  public func relu() -> Tensor {
    mapped(.relu) { gradient, _, y in
      y.selfDifferentiated(.relu, gradient) { gradient * (y .> 0) }
    }
  }

  /// The smooth rectifier log(1 + exp(x)).
  public func softplus() -> Tensor {
    mapped(.softplus) { gradient, x, _ in gradient * x.sigmoid() }
  }

  /// The absolute value; its gradient at 0 is 0.
  public func abs() -> Tensor { mapped(.abs) { gradient, x, _ in gradient * x.sign() } }

  /// −1, 0 or 1; its gradient is 0.
  public func sign() -> Tensor { mapped(.sign) { gradient, _, _ in .zeros(gradient.shape) } }

  /// The greatest whole number that is not above; its gradient is 0.
  public func floor() -> Tensor { mapped(.floor) { gradient, _, _ in .zeros(gradient.shape) } }

  /// The square.
  public func squared() -> Tensor { mapped(.square) { gradient, x, _ in gradient * x * 2 } }

  /// One over the element.
  public func reciprocal() -> Tensor {
    mapped(.reciprocal) { gradient, x, y in
      let y = x.hasZero ? x.replacingZeros(where: gradient).reciprocal() : y
      return -(gradient * y * y)
    }
  }

  /// The sine.
  public func sin() -> Tensor { mapped(.sin) { gradient, x, _ in gradient * x.cos() } }

  /// The cosine.
  public func cos() -> Tensor { mapped(.cos) { gradient, x, _ in -(gradient * x.sin()) } }

  /// Applies a unary kernel, and records it with its derivative.
  ///
  /// - Parameter derivative: Takes the gradient of the result, the operand and the result; gives the
  ///   gradient of the operand.
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

  /// Applies a unary kernel; records nothing.
  @specialized(where Scalar == Float)
  func applying(_ function: _UnaryFunction) -> Tensor {
    Tensor(shape) { target in
      read { x in
        parallelChunks(elementCount) { start, count in
          Scalar._Kernels.unary(function, x + start, target + start, count)
        }
      }
    }
  }

  /// Returns the gradient of an operand, where this tensor is the function's result.
  ///
  /// - Parameter definition: The same by other operations, for an outer gradient to differentiate.
  @specialized(where Scalar == Float)
  private func selfDifferentiated(
    _ function: _SelfDifferentiatingFunction, _ gradient: Tensor, definition: () -> Tensor
  ) -> Tensor {
    if isTracked || gradient.isTracked { return definition() }
    return Tensor(shape) { target in
      read { y in
        gradient.read { dy in
          parallelChunks(elementCount) { start, count in
            Scalar._Kernels.unaryBackward(
              function, y: y + start, dy: dy + start, dx: target + start, count)
          }
        }
      }
    }
  }
}
