/// Softmax over the last axis, computed with the row's maximum subtracted.
extension Tensor {
  /// exp(x) over its sum along the last axis.
  public func softmax() -> Tensor {
    mappedRows(named: "softmax", Scalar._Kernels.softmax) {
      Scalar._Kernels.softmaxBackward(y: $0, dy: $1, dx: $2, rows: $3, columns: $4)
    }
  }

  /// The logarithm of ``softmax()``, exact where the softmax itself is 0.
  public func logSoftmax() -> Tensor {
    mappedRows(named: "logSoftmax", Scalar._Kernels.logSoftmax) {
      Scalar._Kernels.logSoftmaxBackward(y: $0, dy: $1, dx: $2, rows: $3, columns: $4)
    }
  }

  /// Applies a kernel to every row of the last axis, and records it with its derivative, which is
  /// written in the result.
  private func mappedRows(
    named name: String,
    _ kernel: (UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Int, Int) -> Void,
    backward:
      @escaping @Sendable (
        _ y: UnsafePointer<Scalar>, _ dy: UnsafePointer<Scalar>, _ dx: UnsafeMutablePointer<Scalar>,
        Int, Int
      ) -> Void
  ) -> Tensor {
    guard rank >= 1 else { fatalError("\(name): a scalar has no axis") }
    let rows = shape.rowCount
    let columns = shape[-1]
    let result = Tensor(shape) { target in read { kernel($0, target, rows, columns) } }
    guard isTracked else { return result }
    return result.recorded(from: self) { gradient in
      [
        Tensor(gradient.shape) { target in
          result.read { y in gradient.read { dy in backward(y, dy, target, rows, columns) } }
        }
      ]
    }
  }
}
