/// The softmax over the last axis, computed after subtracting the row's maximum.
extension Tensor {
  /// Returns exp(x) divided by its sum along the last axis.
  public func softmax() -> Tensor {
    mappedRows(named: "softmax", Scalar._Kernels.softmax) {
      Scalar._Kernels.softmaxBackward(y: $0, dy: $1, dx: $2, rows: $3, columns: $4)
    } definition: { y, dy in
      y * (dy - (y * dy).sum(axis: -1, keepingAxes: true))
    }
  }

  /// Returns the logarithm of ``softmax()``, which is accurate even where the softmax underflows to
  /// 0.
  public func logSoftmax() -> Tensor {
    mappedRows(named: "logSoftmax", Scalar._Kernels.logSoftmax) {
      Scalar._Kernels.logSoftmaxBackward(y: $0, dy: $1, dx: $2, rows: $3, columns: $4)
    } definition: { y, dy in
      dy - y.exp() * dy.sum(axis: -1, keepingAxes: true)
    }
  }

  /// Returns the result of a kernel for every row of the last axis, recorded with its derivative,
  /// which is computed from the result.
  ///
  /// - Parameter definition: A closure that returns the derivative with other operations, which an
  ///   outer gradient can differentiate.
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
