/// Softmax over the last axis, computed with the row's maximum subtracted.
extension Tensor {
  /// exp(x) over its sum along the last axis.
  public func softmax() -> Tensor {
    mappedRows(named: "softmax", Scalar._Kernels.softmax) {
      Scalar._Kernels.softmaxBackward(y: $0, dy: $1, dx: $2, rows: $3, columns: $4)
    } definition: { y, dy in
      y * (dy - (y * dy).sum(axis: -1, keepingAxes: true))
    }
  }

  /// The logarithm of ``softmax()``, exact where the softmax itself is 0.
  public func logSoftmax() -> Tensor {
    mappedRows(named: "logSoftmax", Scalar._Kernels.logSoftmax) {
      Scalar._Kernels.logSoftmaxBackward(y: $0, dy: $1, dx: $2, rows: $3, columns: $4)
    } definition: { y, dy in
      dy - y.exp() * dy.sum(axis: -1, keepingAxes: true)
    }
  }

  /// Applies a kernel to every row of the last axis, and records it with its derivative, which is
  /// written in the result.
  ///
  /// - Parameter definition: The derivative by other operations, for an outer gradient to differentiate.
  private func mappedRows(
    named name: String,
    _ kernel: (UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Int, Int) -> Void,
    backward:
      @escaping @Sendable (
        _ y: UnsafePointer<Scalar>, _ dy: UnsafePointer<Scalar>, _ dx: UnsafeMutablePointer<Scalar>,
        Int, Int
      ) -> Void,
    definition: @escaping @Sendable (_ y: Tensor, _ dy: Tensor) -> Tensor
  ) -> Tensor {
    guard rank >= 1 else { fatalError("\(name): a scalar has no axis") }
    let rows = shape.rowCount
    let columns = shape[-1]
    let result = Tensor(shape) { target in read { kernel($0, target, rows, columns) } }
    guard isTracked else { return result }
    return result.recorded(from: [source]) { received, pass in
      let gradient = received.first!
      if pass.isDifferentiated(received) {
        return pass.add(definition(pass.result(result), gradient), toInput: 0)
      }
      pass.add(
        Tensor(gradient.shape) { target in
          result.read { y in gradient.read { dy in backward(y, dy, target, rows, columns) } }
        }, toInput: 0)
    }
  }
}
