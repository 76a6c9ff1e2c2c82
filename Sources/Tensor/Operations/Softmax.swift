/// Softmax over the last axis, computed with the row's maximum subtracted.
extension Tensor {
  /// exp(x) over its sum along the last axis.
  public func softmax() -> Tensor {
    let (rows, columns) = rowsAndColumns(of: "softmax")
    let result = Tensor(shape) { target in
      read { Scalar._Kernels.softmax($0, target, rows: rows, columns: columns) }
    }
    guard isTracked else { return result }
    return result.recorded(from: self) { gradient in
      [
        Tensor(gradient.shape) { target in
          result.read { y in
            gradient.read { dy in
              Scalar._Kernels.softmaxBackward(
                y: y, dy: dy, dx: target, rows: rows, columns: columns)
            }
          }
        }
      ]
    }
  }

  /// The logarithm of ``softmax()``, exact where the softmax itself is 0.
  public func logSoftmax() -> Tensor {
    let (rows, columns) = rowsAndColumns(of: "logSoftmax")
    let result = Tensor(shape) { target in
      read { Scalar._Kernels.logSoftmax($0, target, rows: rows, columns: columns) }
    }
    guard isTracked else { return result }
    return result.recorded(from: self) { gradient in
      [
        Tensor(gradient.shape) { target in
          result.read { y in
            gradient.read { dy in
              Scalar._Kernels.logSoftmaxBackward(
                y: y, dy: dy, dx: target, rows: rows, columns: columns)
            }
          }
        }
      ]
    }
  }

  private func rowsAndColumns(of operation: String) -> (rows: Int, columns: Int) {
    guard rank >= 1 else { fatalError("\(operation): a scalar has no axis") }
    return (shape[0..<(rank - 1)].elementCount, shape[-1])
  }
}
